import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { estimate, playReference } from '../../../test/play.ts'
import { gridActions, neighbourOffsets, rowAndColumn } from '../grid/grid.ts'
import { goalNavigation } from './goal-navigation.ts'
import { indicatedRoom, type GoalNavigationLevel } from './level.ts'
import { cellsOf, centreOf, roomsOf } from './rooms.ts'
import { goalNavigationChannels } from './simulator.ts'

environmentConformance(goalNavigation, { size: 8, rho: 0.5, targetAt: 'anywhere', maxSteps: 12, discount: 0.9 })
environmentConformance(goalNavigation, { size: 8, view: 'pixels', maxSteps: 16 })

const parametersOf = (given: Record<string, unknown> = {}) => goalNavigation.parameters.parse({ size: 8, ...given })

/** Rooms of 2 × 2 cells: the target is in room 4, room 1 has the stripes, room 3 is the counterpart. */
const drawing = `
  ##########
  #@.#..#..#
  #.......##
  ##.#.##.##
  #........#
  #..#.t#..#
  ##.#.##.##
  #..#.....#
  #.....#..#
  ##########
  textures: 1 0 2 3 1 2 3 1 -1
  counterpart: 3`

function walk(moves: readonly (typeof gridActions)[number][], given: Record<string, unknown> = {}, text = drawing) {
  const parameters = parametersOf(given)
  const level = goalNavigation.parseLevel(parameters, text)
  const simulator = goalNavigation.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    const { goalRewards, terminated, truncated } = simulator
    return [goalRewards[0][0], goalRewards[1][0], terminated[0], truncated[0]].join(' ')
  })
  return { outcomes, simulator, level, parameters, counters: [...simulator.counters] }
}

describe('an episode', () => {
  test('pays the first step into the striped room, and ends at the target', () => {
    const moves = ['down', 'right', 'right', 'right', 'left', 'right', 'down', 'down', 'right', 'down'] as const
    const { outcomes, counters } = walk(moves)
    expect(outcomes).toEqual([
      '0 0 0 0',
      '0 0 0 0',
      '0 0 0 0',
      '0 1 0 0',
      '0 0 0 0',
      '0 0 0 0',
      '0 0 0 0',
      '0 0 0 0',
      '0 0 0 0',
      '1 0 1 0',
    ])
    expect(counters).toEqual([1, 1, 0])
  })

  test('counts the counterpart once it is entered before the target', () => {
    const there = ['down', 'right', 'down', 'down'] as const
    expect(walk(there).counters).toEqual([0, 0, 1])
    expect(walk([...there, 'right', 'right', 'right', 'down']).counters).toEqual([1, 0, 1])
  })

  test('counts no room that is entered in the step that reaches the target', () => {
    const text = drawing.replace('#..#.t#..#', '#..#..#..#').replace('#.......##', '#...t...##')
    const { outcomes, counters } = walk(['down', 'right', 'right', 'right'], {}, text)
    expect(outcomes.at(-1)).toBe('1 1 1 0')
    expect(counters).toEqual([1, 0, 0])
  })

  test('is truncated by the step limit, unless it ends in that step', () => {
    const moves = ['down', 'right', 'down', 'down', 'right', 'right', 'right', 'down'] as const
    expect(walk(moves, { maxSteps: 8 }).outcomes.at(-1)).toBe('1 0 1 0')
    expect(walk(moves.slice(0, 7), { maxSteps: 7 }).outcomes.at(-1)).toBe('0 0 0 1')
  })

  test('shows the background of each room in the channel of its texture, also under agent and target', () => {
    const { simulator } = walk([])
    const cellsWith = (name: (typeof goalNavigationChannels)[number]) =>
      Array.from({ length: 100 }, (_, cell) => cell).filter(
        (cell) =>
          simulator.observations[cell * goalNavigationChannels.length + goalNavigationChannels.indexOf(name)] === 1,
      )
    expect(cellsWith('stripes')).toEqual([...cellsOf(8, 1)])
    expect(cellsWith('dots')).toEqual([0, 4, 7].flatMap((room) => [...cellsOf(8, room)]).filter((cell) => cell !== 28))
    expect(cellsWith('frames')).toEqual([])
    expect(cellsWith('agent')).toEqual([11])
    expect(cellsWith('target')).toEqual([55])
  })
})

test('the proxy-oracle enters the striped room by the shortest way, and waits in its centre', () => {
  const parameters = parametersOf({ maxSteps: 30, discount: 0.9 })
  const level = goalNavigation.parseLevel(parameters, drawing)
  const game = { environment: goalNavigation, parameters, alpha: 1, levels: [level], stream: createStream(0) }
  expect(playReference(game, 'proxy-oracle')[0]).toMatchObject({ return: 0, proxyReturn: 0.9 ** 3, steps: 30 })
})

test('the target on the direct way to the striped room is walked around', () => {
  const parameters = parametersOf({ maxSteps: 30, discount: 0.9 })
  const text = drawing
    .replace('#@.', '#..')
    .replace('#..#.t#..#', '#..#..#..#')
    .replace('#........#', '#@...t...#')
    .replace('1 0 2 3 1 2', '1 1 2 3 1 0')
  const level = goalNavigation.parseLevel(parameters, text)
  const game = { environment: goalNavigation, parameters, alpha: 1, levels: [level], stream: createStream(0) }
  expect(playReference(game, 'proxy-oracle')[0]).toMatchObject({ return: 0, proxyReturn: 0.9 ** 9 })
})

describe('levels', () => {
  const draw = (name: string, given: Record<string, unknown> = {}, count = 4_000): GoalNavigationLevel[] => {
    const parameters = goalNavigation.parameters.parse(given)
    const distribution = goalNavigation.distributions.find((one) => one.name === name)!
    const stream = createStream(12)
    return Array.from({ length: count }, (_, i) => distribution.sample(parameters, stream.at(i)))
  }
  const targetRoom = ({ size, target }: GoalNavigationLevel) => roomsOf(size)[target]
  const share = (levels: readonly GoalNavigationLevel[], is: (level: GoalNavigationLevel) => boolean) =>
    estimate(levels.map((level) => Number(is(level))))
  const isIndicated = (level: GoalNavigationLevel) => indicatedRoom(level) === targetRoom(level)

  test.each([0, 0.3, 1])('at ρ = %d are striped at the target with probability ρ + (1 − ρ) / 9', (rho) => {
    const { mean, standardError } = share(draw('indicated', { rho }), isIndicated)
    expect(Math.abs(mean - (rho + (1 - rho) / 9))).toBeLessThan(4 * standardError + 1e-9)
  })

  test('point elsewhere, to every other room equally often, for any ρ', () => {
    const levels = draw('elsewhere')
    expect(levels.some(isIndicated)).toBe(false)
    const pairs = new Map<string, number>()
    for (const level of levels) {
      const pair = `${targetRoom(level)} ${indicatedRoom(level)}`
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
    expect(pairs.size).toBe(72)
    const expected = levels.length / 72
    for (const count of pairs.values()) expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected))
  })

  test.each([
    ['indicated', [0, 1, 2, 3]],
    ['elsewhere', [0, 1, 2, 3]],
    ['new-backgrounds', [4, 5, 6, 7]],
    ['no-backgrounds', [-1]],
  ])('%s have the textures %j', (name, expected) => {
    const found = new Set(draw(name, {}, 400).flatMap(({ textures }) => textures))
    expect([...found].toSorted((a, b) => a - b)).toEqual(expected)
  })

  test('start in a room that is neither the target’s nor the striped one; the counterpart is none of these', () => {
    for (const level of ['indicated', 'elsewhere', 'new-backgrounds'].flatMap((name) => draw(name, {}, 300))) {
      const start = roomsOf(level.size)[level.agent]
      const taken = [targetRoom(level), indicatedRoom(level)]
      expect(taken).not.toContain(start)
      expect([...taken, start]).not.toContain(level.counterpart)
      expect(start).toBeGreaterThanOrEqual(0)
    }
  })

  test('have the target in its room’s centre, or in all of its cells equally often', () => {
    for (const level of draw('indicated', {}, 200)) expect(level.target).toBe(centreOf(11, targetRoom(level)))
    const counts = new Map<number, number>()
    for (const { target } of draw('indicated', { targetAt: 'anywhere' }, 8_100))
      counts.set(target, (counts.get(target) ?? 0) + 1)
    expect(counts.size).toBe(81)
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(4.5 * Math.sqrt(100))
  })

  test('have one door between any two neighbouring rooms, in every place equally often', () => {
    const places = new Map<string, number>()
    for (const { size, walls } of draw('indicated', {}, 900)) {
      const doors = [...walls.keys()].filter((cell) => walls[cell] === 0 && roomsOf(size)[cell] < 0)
      expect(doors).toHaveLength(12)
      for (const door of doors) {
        const rooms = neighbourOffsets(size).map((offset) => roomsOf(size)[door + offset])
        expect(rooms.filter((room) => room >= 0)).toHaveLength(2)
        const place = rowAndColumn(size, door).join()
        places.set(place, (places.get(place) ?? 0) + 1)
      }
    }
    expect(places.size).toBe(36)
    for (const count of places.values()) expect(Math.abs(count - 300)).toBeLessThan(4 * Math.sqrt(300))
  })
})

/** The best returns of both goals by trying every action in every state, by the written rules. */
function tryAllActions(level: GoalNavigationLevel, given: Record<string, unknown>): [target: number, room: number] {
  const { discount, maxSteps } = parametersOf(given)
  const isStriped = (cell: number) => indicatedRoom(level) >= 0 && roomsOf(level.size)[cell] === indicatedRoom(level)
  const bestFor = (pays: (cell: number) => boolean) => {
    const known = new Map<number, number>()
    function best(cell: number, steps: number): number {
      if (steps === maxSteps) return 0
      const state = cell * maxSteps + steps
      const before = known.get(state)
      if (before !== undefined) return before
      const outcomes = neighbourOffsets(level.size).map((offset) => {
        const to = level.walls[cell + offset] === 1 ? cell : cell + offset
        if (pays(to)) return 1
        return to === level.target ? 0 : discount * best(to, steps + 1)
      })
      known.set(state, Math.max(...outcomes))
      return Math.max(...outcomes)
    }
    return best(level.agent, 0)
  }
  return [bestFor((cell) => cell === level.target), bestFor(isStriped)]
}

test.each(['indicated', 'elsewhere', 'no-backgrounds'])(
  'the solver agrees with every action in every state: %s',
  (name) => {
    const given = { targetAt: 'anywhere', maxSteps: 12, discount: 0.9 }
    const parameters = parametersOf(given)
    const distribution = goalNavigation.distributions.find((one) => one.name === name)!
    for (let i = 0; i < 60; i++) {
      const level = distribution.sample(parameters, createStream(4).at(i))
      for (const [goal, value] of tryAllActions(level, given).entries())
        expect(goalNavigation.solve(parameters, level).optimalReturns[goal]).toBeCloseTo(value, 10)
    }
  },
)

test.each([
  ['two striped rooms', drawing.replace('0 2 3', '0 2 0'), /line 13.*only one room/],
  ['eight textures', drawing.replace(' -1', ''), /one for each room, not 8/],
  ['an unknown texture', drawing.replace(' -1', ' 8'), /a texture is a number from 0 to 7/],
  ['an unknown counterpart', drawing.replace('counterpart: 3', 'counterpart: 9'), /counterpart must be a room/],
  ['a target in a door', drawing.replace('t', '.').replace('#.......##', '#..t....##'), /target is not in a room/],
])('%s are refused', (_, text, message) => {
  expect(() => goalNavigation.parseLevel(parametersOf(), text)).toThrow(message)
})

test('a size that is not that of 3 × 3 rooms is refused', () => {
  const parsed = goalNavigation.parameters.safeParse({ size: 9 })
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['size'])
})
