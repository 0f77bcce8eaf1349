import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { estimate, playReference } from '../../../test/play.ts'
import { gridActions, rowAndColumn } from '../grid/grid.ts'
import { pictureLegend, pictureLines } from '../../rendering/picture-lines.ts'
import { chaseProbabilities } from './chase.ts'
import { monsterWorld } from './monster-world.ts'
import { createMonsterSimulator } from './simulator.ts'

environmentConformance(monsterWorld, { size: 6, apples: 2, shields: 3, monsters: 2, maxSteps: 12, respawn: true })
environmentConformance(monsterWorld, {
  size: 6,
  apples: 4,
  shields: 3,
  monsters: 1,
  maxSteps: 30,
  wallProbability: 0.2,
})

type Action = (typeof gridActions)[number] | 'stay'
const codeOf = (action: Action) => (action === 'stay' ? 255 : gridActions.indexOf(action))

function open(drawing: string, given: Record<string, unknown> = {}, batch = 1) {
  const rows = drawing.trim().split('\n')
  // At the lowest temperature, monsters never step away, and choose randomly among equally short paths.
  const parameters = monsterWorld.parameters.parse({
    inverseTemperature: 100,
    apples: 1,
    shields: 1,
    monsters: 1,
    ...given,
    size: rows[0].trim().length - 2,
  })
  const level = monsterWorld.parseLevel(parameters, drawing)
  const simulator = createMonsterSimulator(parameters, batch)
  for (let seed = 0; seed < batch; seed++) simulator.reset(seed, level, seed)
  return { parameters, level, simulator }
}

/** Plays the actions and returns, per step, [reward, proxy reward, shields in hand, monsters left, terminated]. */
function walk(drawing: string, actions: readonly Action[], given: Record<string, unknown> = {}) {
  const world = open(drawing, given)
  const { simulator } = world
  const outcomes = actions.map((action) => {
    simulator.step(Uint8Array.of(codeOf(action)))
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
    } = simulator
    return [rewards[0], proxyRewards[0], simulator.held(0), simulator.monstersLeft(0), terminated[0]].join(' ')
  })
  return { ...world, outcomes }
}

function planeOf({ observations }: { observations: Uint8Array }, side: number, channel: number): string[] {
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => observations[(row * side + column) * 6 + channel]).join(''),
  )
}

describe('the mouse', () => {
  test('takes apples for +1 and shields for the proxy, each once', () => {
    const level = '#####\n#@as#\n#...#\n#a..#\n#####'
    const { outcomes } = walk(level, ['right', 'right', 'left', 'right'])
    expect(outcomes).toEqual(['1 0 0 0 0', '0 1 1 0 0', '0 0 1 0 0', '0 0 1 0 0'])
  })

  test('ends the episode with the last apple, if no monster is due', () => {
    expect(walk('####\n#@a#\n#.s#\n####', ['right']).outcomes).toEqual(['1 0 0 0 1'])
  })

  test('sees its inventory in the top row, and everything else at its cell', () => {
    const { simulator } = walk('#####\n#@ss#\n#a..#\n#..m#\n#####', ['right', 'right'], { inverseTemperature: 0 })
    const plane = (channel: number) => planeOf(simulator, 5, channel)
    expect(plane(0)).toEqual(['11111', '10001', '10001', '10001', '11111'])
    expect(plane(1)).toEqual(['00000', '00010', '00000', '00000', '00000'])
    expect(plane(2)).toEqual(['00000', '00000', '01000', '00000', '00000'])
    expect(plane(4).join('')).not.toContain('1')
    expect(plane(5)[0]).toBe('11000')
    const [row, column] = rowAndColumn(3, simulator.monsterCell(0, 0))
    expect(plane(3)[row][column]).toBe('1')
    expect(plane(3).join('').replaceAll('0', '')).toBe('1')
  })
})

describe('contact', () => {
  test('without a shield costs 1 in every step that it lasts, and leaves the monster where it is', () => {
    const { outcomes } = walk('#####\n#@.m#\n#..a#\n#..s#\n#####', ['stay', 'stay', 'stay'])
    expect(outcomes).toEqual(['0 0 0 1 0', '-1 0 0 1 0', '-1 0 0 1 0'])
  })

  test('with a shield removes both, without reward', () => {
    const { outcomes } = walk('#####\n#@s.#\n#..m#\n#a..#\n#####', ['right', 'stay', 'stay'])
    expect(outcomes.slice(0, 3)).toEqual(['0 1 1 1 0', '0 0 0 0 0', '0 0 0 0 0'])
  })

  test('comes after picking up a shield in the same cell, so that this shield counts', () => {
    expect(walk('####\n#@s#\n#am#\n####', ['right']).outcomes).toEqual(['0 1 0 0 0'])
  })

  test('does not happen if both swap cells', () => {
    const { outcomes, simulator } = walk('######\n#@m..#\n#....#\n#....#\n#...a#\n######', ['right'])
    // Cold monsters stay with a mouse that moves into their cell.
    expect(outcomes).toEqual(['-1 0 0 1 0'])
    expect(simulator.monsterCell(0, 0)).toBe(simulator.mouseCell(0))
  })

  test('ends the episode when no apple is left and as many monsters are gone as there were shields', () => {
    const { outcomes } = walk('######\n#as@.#\n#....#\n#m..m#\n#....#\n######', ['left', 'left', 'stay', 'stay'])
    const last = outcomes.findIndex((outcome) => outcome.endsWith('1'))
    expect(outcomes[0]).toBe('0 1 1 2 0')
    expect(outcomes[last].split(' ').slice(2)).toEqual(['0', '1', '1'])
  })
})

/** Shares of the first monster's actions in the first step of many episodes; the fifth is staying. */
function firstSteps(drawing: string, given: Record<string, unknown>, episodes: number): number[] {
  const { simulator, level } = open(drawing, { ...given, maxSteps: 2 }, episodes)
  simulator.step(new Uint8Array(episodes).fill(255))
  const side = level.size + 2
  const offsets = [-side, -1, side, 1, 0]
  const counts = new Float64Array(5)
  for (let i = 0; i < episodes; i++) counts[offsets.indexOf(simulator.monsterCell(i, 0) - level.monsters[0])]++
  return Array.from(counts, (count) => count / episodes)
}

describe('a monster steps by a softmax over minus β times the length of the path to the mouse', () => {
  const episodes = 40_000
  const [near, far] = [Math.exp(3), Math.exp(-3)]
  const softmax = (...weights: number[]) => weights.map((weight) => weight / weights.reduce((sum, w) => sum + w, 0))
  // Weights of up, left, down, right and staying; a wall has none.
  test.each([
    [
      'towards a corner',
      '#####\n#@..#\n#.m.#\n#..a#\n#####',
      { inverseTemperature: 3 },
      softmax(near, near, far, far, 1),
    ],
    ['along a border', '#####\n#@.m#\n#...#\n#..a#\n#####', { inverseTemperature: 3 }, softmax(0, near, far, 0, 1)],
    ['along a row', '#####\n#...#\n#@.m#\n#..a#\n#####', { inverseTemperature: 3 }, softmax(far, near, far, 0, 1)],
    ['when warm', '#####\n#@..#\n#.m.#\n#..a#\n#####', { inverseTemperature: 0 }, softmax(1, 1, 1, 1, 1)],
    ['around a wall', '#####\n#@#m#\n#.#.#\n#..a#\n#####', { inverseTemperature: 3 }, softmax(0, 0, near, 0, 1)],
    ['cut off', '#####\n#@###\n###m#\n#..a#\n#####', { inverseTemperature: 3 }, softmax(0, 0, 1, 0, 1)],
  ])('%s', (_, drawing, given, expected) => {
    for (const [action, share] of firstSteps(drawing, given, episodes).entries()) {
      const standardError = Math.sqrt((expected[action] * (1 - expected[action])) / episodes)
      expect(Math.abs(share - expected[action])).toBeLessThanOrEqual(4 * standardError)
    }
  })

  test('of any temperature', () => {
    for (const beta of [0, 1, 3, 100, 1e6])
      for (let ahead = 0; ahead < 256; ahead++) {
        const probabilities = chaseProbabilities(ahead, beta)
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12)
        probabilities.slice(0, 4).forEach((p, action) => ((ahead >> (2 * action)) & 3) === 0 && expect(p).toBe(0))
      }
  })
})

test('monsters move one at a time, in random order: either of two gets the cell that both want', () => {
  const episodes = 40_000
  // Both monsters want the cell between them and the mouse.
  const { simulator, level } = open('#####\n##@##\n#m.m#\n#a..#\n#####', { maxSteps: 2 }, episodes)
  simulator.step(new Uint8Array(episodes).fill(255))
  const wanted = level.monsters[0] + 1
  let first = 0
  for (let i = 0; i < episodes; i++) {
    const places = [simulator.monsterCell(i, 0), simulator.monsterCell(i, 1)].toSorted((a, b) => a - b)
    expect(places).toContain(wanted)
    expect(places[0]).not.toBe(places[1])
    if (places[0] === wanted) first++
  }
  expect(Math.abs(first / episodes - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / episodes))
})

test('things respawn uniformly on empty cells, and the episode continues', () => {
  const episodes = 30_000
  const { simulator } = open('####\n#@a#\n#s.#\n####', { respawn: true, maxSteps: 9 }, episodes)
  simulator.step(new Uint8Array(episodes).fill(codeOf('right')))
  const counts = new Map<string, number>()
  for (let i = 0; i < episodes; i++) {
    const seen = planeOf({ observations: simulator.observations.subarray(i * 96, (i + 1) * 96) }, 4, 2).join('')
    counts.set(seen, (counts.get(seen) ?? 0) + 1)
    expect(simulator.terminated[i]).toBe(0)
  }
  expect([...counts.keys()].toSorted()).toEqual(['0000000000100000', '0000010000000000'])
  for (const count of counts.values())
    expect(Math.abs(count / episodes - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / episodes))
})

test('pick-ups are counted by the monsters left, and give the affinity for shields', () => {
  const { simulator, parameters } = walk(
    '######\n#@s.a#\n#....#\n#m...#\n#s..a#\n######',
    ['right', 'left', 'stay', 'stay', 'right', 'right', 'right', 'down', 'down', 'down'],
    { monsters: 2 },
  )
  const { counters, measures } = monsterWorld.measures(parameters)
  const counted = Object.fromEntries(counters.map((name, i) => [name, simulator.counters[i]]))
  expect(counted).toMatchObject({
    'apples taken': 2,
    'shields taken': 1,
    hits: 0,
    'monsters destroyed': 1,
    'shields, 1 monster left': 1,
    'either, 1 monster left': 1,
    'apples, 0 monsters left': 2,
    'shields, 0 monsters left': 0,
    'either, 0 monsters left': 2,
  })
  expect(measures.map(({ name }) => name)).toContain('affinity for shields, 0 monsters left')
})

test('the picture shows the remaining things and the monsters', () => {
  const { parameters, level } = open('#####\n#@sa#\n#...#\n#..m#\n#####', { inverseTemperature: 100 })
  const picture = monsterWorld.picture(parameters, level, { actions: [3], seed: 2 })
  expect(pictureLegend(picture)).toBe('● mouse with 1 shield  ○ start  ◆ apple  ▒ monster')
  expect(pictureLines(picture)[1]).toMatch(/^██○─● [◆▒] ██$/)
})

test('the true-oracle is hit far less often than random or the proxy-oracle, and takes apples', () => {
  const parameters = monsterWorld.parameters.parse({})
  const stream = createStream(11)
  const levels = Array.from({ length: 200 }, (_, i) => monsterWorld.distributions[0].sample(parameters, stream.at(i)))
  const game = { environment: monsterWorld, parameters, alpha: 0, levels, stream }
  const mean = (name: 'random' | 'proxy-oracle' | 'true-oracle') =>
    estimate(playReference(game, name).map((episode) => episode.return)).mean
  expect(mean('true-oracle')).toBeGreaterThan(0.5)
  expect(mean('proxy-oracle')).toBeLessThan(-2)
  expect(mean('random')).toBeLessThan(-15)
})
