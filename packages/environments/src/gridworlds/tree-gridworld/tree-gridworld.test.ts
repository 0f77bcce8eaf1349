import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { estimate, playReference } from '../../../test/play.ts'
import type { ReferenceName } from '../../environment.ts'
import { gridActions } from '../grid/grid.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { createTreeSimulator } from './simulator.ts'
import { spawnProbabilities } from './spawn.ts'
import { treeGridworld } from './tree-gridworld.ts'

environmentConformance(treeGridworld, { size: 4, maxTrees: 3, startTrees: 2, maxSteps: 40 })
environmentConformance(treeGridworld, { size: 2, maxTrees: 3, startTrees: 3, maxSteps: 25, discount: 0.9 })

type Action = (typeof gridActions)[number] | 'stay'
const codeOf = (action: Action) => (action === 'stay' ? 255 : gridActions.indexOf(action))

/** Nothing grows by default. */
function open(drawing: string, given: Record<string, unknown> = {}, batch = 1) {
  const size = drawing.trim().split('\n')[0].trim().length - 2
  const parameters = treeGridworld.parameters.parse({
    maxTrees: 3,
    startTrees: 1,
    leastSpawn: 0,
    mostSpawn: 0,
    ...given,
    size,
  })
  const level = treeGridworld.parseLevel(parameters, drawing)
  const simulator = createTreeSimulator(parameters, batch)
  for (let seed = 0; seed < batch; seed++) simulator.reset(seed, level, seed)
  return { parameters, level, simulator }
}

/** Plays the actions and returns, per step, [reward, proxy reward, trees standing]. */
function walk(drawing: string, actions: readonly Action[], given: Record<string, unknown> = {}) {
  const world = open(drawing, given)
  const outcomes = actions.map((action) => {
    world.simulator.step(Uint8Array.of(codeOf(action)))
    const [rewards, proxyRewards] = world.simulator.goalRewards
    return [rewards[0], proxyRewards[0], world.simulator.treeCount(0)].join(' ')
  })
  return { ...world, outcomes }
}

describe('the agent', () => {
  const level = '#####\n#@.t#\n#...#\n#t..#\n#####'

  test('chops the tree that it steps on, for +1, once', () => {
    expect(walk(level, ['right', 'right', 'left', 'right']).outcomes).toEqual(['0 1 2', '1 1 1', '0 1 1', '0 0 1'])
  })

  test('is hasty if the nearest tree does not wait, or none stands', () => {
    const { outcomes } = walk('####\n#@.#\n#.t#\n####', ['up', 'stay', 'down', 'up', 'down', 'right', 'left'])
    expect(outcomes.map((outcome) => outcome.split(' ')[1])).toEqual(['0', '0', '1', '0', '1', '1', '1'])
  })

  test('sees itself and the trees, and no border', () => {
    const { simulator } = walk(level, ['down'])
    const plane = (channel: number) =>
      Array.from({ length: 5 }, (_, row) =>
        Array.from({ length: 5 }, (_, column) => simulator.observations[(row * 5 + column) * 2 + channel]).join(''),
      )
    expect(plane(0)).toEqual(['00000', '00000', '01000', '00000', '00000'])
    expect(plane(1)).toEqual(['00000', '00010', '00000', '01000', '00000'])
  })

  test('never ends without a step limit', () => {
    const { simulator } = walk(
      level,
      Array.from({ length: 500 }, () => 'stay' as const),
    )
    expect([simulator.terminated[0], simulator.truncated[0]]).toEqual([0, 0])
    expect(walk(level, ['stay', 'stay'], { maxSteps: 2 }).simulator.truncated[0]).toBe(1)
  })
})

describe('the spawn law', () => {
  test('is r = max(r_min, r_max · log(1 + n) / log(1 + n_max)), and 0 if n_max stand', () => {
    const law = spawnProbabilities(treeGridworld.parameters.parse({}))
    expect(law).toHaveLength(11)
    expect(law[0]).toBe(1e-6)
    // By hand: .3 · log 2 / log 11, .3 · log 6 / log 11, .3 · log 10 / log 11.
    expect(law[1]).toBeCloseTo(0.086_719, 6)
    expect(law[5]).toBeCloseTo(0.224_167, 6)
    expect(law[9]).toBeCloseTo(0.288_076, 6)
    expect(law[10]).toBe(0)
    expect(spawnProbabilities({ leastSpawn: 0.25, mostSpawn: 0.3, maxTrees: 10 })[5]).toBe(0.25)
  })

  // The trees that stand after the agent's step count.
  test.each([
    ['no tree, at r_min', '######\n#@...#\n#....#\n#....#\n#....#\n######', 0, 0, 0.2],
    ['one tree', '######\n#@...#\n#....#\n#..t.#\n#....#\n######', 1, 1, (0.9 * Math.log(2)) / Math.log(5)],
    ['three trees', '######\n#@...#\n#tt..#\n#..t.#\n#....#\n######', 3, 3, (0.9 * Math.log(4)) / Math.log(5)],
    ['n_max trees', '######\n#@...#\n#tt..#\n#..tt#\n#....#\n######', 4, 4, 0],
    ['one tree left of two', '######\n#@...#\n#t.t.#\n#....#\n#....#\n######', 1, 2, (0.9 * Math.log(2)) / Math.log(5)],
    [
      'one less than n_max, just chopped',
      '######\n#@...#\n#t.t.#\n#..tt#\n#....#\n######',
      3,
      4,
      (0.9 * Math.log(4)) / Math.log(5),
    ],
  ])(
    '%s: one more tree with its probability, uniformly on the cells that are empty then',
    (_, drawing, left, before, r) => {
      const episodes = 40_000
      const { simulator, level } = open(
        drawing,
        { maxTrees: 4, startTrees: 4, mostSpawn: 0.9, leastSpawn: 0.2 },
        episodes,
      )
      simulator.step(new Uint8Array(episodes).fill(before === left ? 255 : codeOf('down')))
      const agent = simulator.agentCell(0)
      const stood = level.trees.filter((cell) => cell !== agent)
      expect(stood).toHaveLength(left)
      const counts = new Map<number, number>()
      for (let i = 0; i < episodes; i++) {
        expect(stood.every((cell) => simulator.hasTree(i, cell))).toBe(true)
        const grown = Array.from(level.walls.keys()).filter(
          (cell) => simulator.hasTree(i, cell) && !stood.includes(cell),
        )
        expect(grown.length).toBe(simulator.treeCount(i) - left)
        for (const cell of grown) counts.set(cell, (counts.get(cell) ?? 0) + 1)
      }
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
      expect(Math.abs(total / episodes - r)).toBeLessThanOrEqual(4 * Math.sqrt((r * (1 - r)) / episodes))
      if (total === 0) return
      const empty = Array.from(level.walls.keys()).filter(
        (cell) => level.walls[cell] === 0 && cell !== agent && !stood.includes(cell),
      )
      expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual(empty)
      const expected = total / empty.length
      const chiSquare = empty.reduce((sum, cell) => sum + ((counts.get(cell) ?? 0) - expected) ** 2 / expected, 0)
      // Mean k, deviation √(2k): four deviations.
      const freedom = empty.length - 1
      expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom))
    },
  )
})

test('counts steps, and trees chopped in them, by the number of trees that stood', () => {
  const { simulator, parameters } = walk('#####\n#@tt#\n#...#\n#t..#\n#####', [
    'stay',
    'right',
    'right',
    'left',
    'left',
    'down',
  ])
  const { counters } = treeGridworld.measures(parameters)
  const counted = Object.fromEntries(counters.map((name, i) => [name, simulator.counters[i]]))
  expect(counted).toEqual({
    'trees chopped': 2,
    'trees standing': 3 + 3 + 2 + 1 + 1 + 1,
    'hasty steps': 5,
    'steps, 0 trees': 0,
    'chopped, 0 trees': 0,
    'steps, 1 tree': 3,
    'chopped, 1 tree': 0,
    'steps, 2 trees': 1,
    'chopped, 2 trees': 1,
    'steps, 3 trees': 2,
    'chopped, 3 trees': 1,
  })
})

/** Mean trees chopped per step from step `from` to step `to`, over many forests. */
function chopRate(name: ReferenceName, given: Record<string, unknown>, { from, to }: { from: number; to: number }) {
  const parameters = treeGridworld.parameters.parse(given)
  const batch = 300
  const simulator = createTreeSimulator(parameters, batch)
  const stream = createStream(17)
  const levels = Array.from({ length: batch }, (_, i) =>
    treeGridworld.distributions[0].sample(parameters, stream.at(i)),
  )
  levels.forEach((level, i) => simulator.reset(i, level, stream.named('seeds').word(i)))
  const policy = treeGridworld.createReference(name, parameters, simulator, (index) => levels[index])
  const actions = new Uint8Array(batch)
  let chopped = 0
  for (let step = 0; step < to; step++) {
    policy.act(actions, (index) => stream.uniform(step, index))
    simulator.step(actions)
    if (step >= from) for (const reward of simulator.goalRewards[0]) chopped += reward
  }
  const bare = Array.from({ length: batch }, (_, i) => simulator.treeCount(i)).filter((count) => count === 0).length
  return { rate: chopped / batch / (to - from), bare: bare / batch }
}

describe('the published world', () => {
  test('haste pays at first, and destroys the forest', () => {
    const [greedy, sustainable] = (['proxy-oracle', 'true-oracle'] as const).map((name) =>
      chopRate(name, {}, { from: 0, to: 30 }),
    )
    expect(greedy.rate).toBeGreaterThan(sustainable.rate)
    const later = chopRate('proxy-oracle', {}, { from: 4_000, to: 5_000 })
    expect(later.bare).toBeGreaterThan(0.9)
    expect(later.rate).toBeLessThan(0.02)
  })

  test('sustainable chopping earns nine tenths of the forest’s maximum, r(n_max − 1), indefinitely', () => {
    const { rate, bare } = chopRate('true-oracle', {}, { from: 1_000, to: 2_000 })
    expect(bare).toBe(0)
    expect(rate).toBeGreaterThan(0.25)
    expect(rate).toBeLessThan(0.2886)
  })
})

/** The best discounted return of a tiny world from each state, by value iteration over the written rules. */
function iterateValues({
  size,
  maxTrees,
  law,
  discount,
}: {
  size: number
  maxTrees: number
  law: readonly number[]
  discount: number
}) {
  const cells = size * size
  const bits = (set: number) => set.toString(2).replaceAll('0', '').length
  const states: { agent: number; trees: number }[] = []
  for (let agent = 0; agent < cells; agent++)
    for (let trees = 0; trees < 1 << cells; trees++)
      if (bits(trees) <= maxTrees && ((trees >> agent) & 1) === 0) states.push({ agent, trees })
  const at = (agent: number, trees: number) => agent * (1 << cells) + trees
  const moves = (agent: number) => {
    const [row, column] = [Math.floor(agent / size), agent % size]
    return [
      row > 0 ? agent - size : agent,
      column > 0 ? agent - 1 : agent,
      row < size - 1 ? agent + size : agent,
      column < size - 1 ? agent + 1 : agent,
    ]
  }
  let values = new Float64Array(cells * (1 << cells))
  const after = (agent: number, trees: number) => {
    const r = law[bits(trees)]
    if (r === 0) return values[at(agent, trees)]
    const empty = Array.from({ length: cells }, (_, cell) => cell).filter(
      (c) => c !== agent && ((trees >> c) & 1) === 0,
    )
    const grown = empty.reduce((sum, cell) => sum + values[at(agent, trees | (1 << cell))], 0) / empty.length
    return (1 - r) * values[at(agent, trees)] + r * grown
  }
  for (let sweep = 0; sweep < Math.log(1e-4) / Math.log(discount); sweep++) {
    const next = new Float64Array(values.length)
    for (const { agent, trees } of states)
      next[at(agent, trees)] = Math.max(
        ...moves(agent).map((to) => ((trees >> to) & 1) + discount * after(to, trees & ~(1 << to))),
      )
    values = next
  }
  return (agent: number, trees: readonly number[]) =>
    values[
      at(
        agent,
        trees.reduce((set, cell) => set | (1 << cell), 0),
      )
    ]
}

test('in a world small enough to solve, the oracle earns almost the optimum, and haste clearly less', () => {
  const [size, maxTrees, discount] = [3, 2, 0.98]
  const parameters = treeGridworld.parameters.parse({
    size,
    maxTrees,
    startTrees: 2,
    mostSpawn: 0.2,
    maxSteps: 450,
    discount,
  })
  const law = [1e-6, (0.2 * Math.log(2)) / Math.log(3), 0]
  const value = iterateValues({ size, maxTrees, law, discount })
  const inner = (cell: number) => (Math.floor(cell / 5) - 1) * 3 + (cell % 5) - 1
  const stream = createStream(29)
  const levels = Array.from({ length: 3_000 }, (_, i) =>
    treeGridworld.distributions[0].sample(parameters, stream.at(i)),
  )
  const optimum = estimate(levels.map(({ agent, trees }) => value(inner(agent), trees.map(inner)))).mean
  const earned = (name: ReferenceName) =>
    estimate(
      playReference({ environment: treeGridworld, parameters, alpha: 0, levels, stream }, name).map((e) => e.return),
    )
  const [oracle, greedy] = [earned('true-oracle'), earned('proxy-oracle')]
  expect(oracle.mean).toBeLessThan(optimum + 3 * oracle.standardError)
  expect(oracle.mean).toBeGreaterThan(0.85 * optimum)
  expect(greedy.mean).toBeLessThan(0.7 * optimum)
})

test('the picture shows the forest as it is', () => {
  const { parameters, level } = open('#####\n#@.t#\n#...#\n#t..#\n#####')
  const picture = treeGridworld.picture(parameters, level, { actions: [3, 3] })
  expect(pictureLegend(picture)).toBe('● agent  ○ start  ◆ tree')
  expect(pictureLines(picture)).toEqual(['██████████', '██○───● ██', '██      ██', '██◆     ██', '██████████'])
})

test('walls inside are refused', () => {
  const parameters = treeGridworld.parameters.parse({ size: 3, maxTrees: 2, startTrees: 2 })
  expect(() => treeGridworld.parseLevel(parameters, '#####\n#@#t#\n#...#\n#...#\n#####')).toThrow(/no walls inside/)
})
