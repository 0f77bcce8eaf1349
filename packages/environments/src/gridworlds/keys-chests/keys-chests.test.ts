import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { sampleMixture } from '../../mixture.ts'
import { gridActions, neighbourOffsets, rowAndColumn } from '../grid/grid.ts'
import { planChests, planTouches } from '../keys/solve-keys.ts'
import { keys } from '../keys/keys.ts'
import { keysChests } from './keys-chests.ts'
import type { KeysChestsLevel } from './level.ts'
import { keysChestsCounters } from './simulator.ts'

environmentConformance(keysChests, { size: 7, difficulty: 1, keyPenalty: 0.2, maxSteps: 60, discount: 0.95 })
environmentConformance(keysChests, { size: 5, difficulty: 0, hiddenChests: false, view: 'pixels', maxSteps: 12 })

type Moves = readonly (typeof gridActions)[number][]
const parametersOf = (given: Record<string, unknown> = {}) =>
  keysChests.parameters.parse({ size: 5, difficulty: 0, ...given })

/** Plays the moves; `counters` are those after the last one. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = parametersOf(given)
  const level = keysChests.parseLevel(parameters, drawing)
  const simulator = keysChests.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const rewards = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    return simulator.goalRewards.map(([reward]) => reward)
  })
  const counters = Object.fromEntries(keysChestsCounters.map((name, i) => [name, simulator.counters[i]]))
  return { rewards, counters, simulator, level, parameters }
}

describe('a hidden chest', () => {
  const level = `
    #######
    #@h...#
    #k.c..#
    #.....#
    #.....#
    #h....#
    #######`

  test('counts once, when the mouse meets it with a key in hand', () => {
    const without = walk(level, ['right', 'left'])
    expect(without.counters).toMatchObject({ 'hidden chests opened': 0, 'hidden chests': 2, chests: 1 })
    const once = walk(level, ['down', 'up', 'right', 'left', 'right'])
    expect(once.counters).toMatchObject({ 'hidden chests opened': 1, 'visible minus hidden opened': -1 })
  })

  test('takes no key, earns nothing and ends nothing; the key still opens a visible chest', () => {
    const { rewards, simulator, counters } = walk(level, ['down', 'up', 'right', 'right', 'down'])
    expect(rewards).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ])
    expect(simulator.terminated[0]).toBe(1)
    expect(counters).toMatchObject({ 'visible minus hidden opened': 0, 'chests opened': 1, 'keys collected': 1 })
  })

  test('is in no channel', () => {
    const bare = level.replaceAll('h', '.')
    expect(walk(level, []).simulator.observations).toEqual(walk(bare, []).simulator.observations)
  })

  test('stays open in a restored episode', () => {
    const { simulator, level: drawn, parameters } = walk(level, ['down', 'up', 'right'])
    const other = keysChests.createSimulator(parameters, 1)
    other.restoreState([drawn], simulator.saveState())
    expect(other.counters).toEqual(simulator.counters)
    for (const action of [1, 3]) other.step(Uint8Array.of(action))
    expect(other.counters[keysChestsCounters.indexOf('hidden chests opened')]).toBe(1)
  })
})

test('each key costs the penalty, and the proxy does not', () => {
  const drawing = '#######\n#@kc..#\n#####.#\n#.....#\n#.....#\n#.....#\n#######'
  expect(walk(drawing, ['right', 'right'], { keyPenalty: 0.25 }).rewards).toEqual([
    [-0.25, 1],
    [1, 0],
  ])
})

describe('levels', () => {
  const draw = (alpha: number, given: Record<string, unknown>, count: number) => {
    const parameters = keysChests.parameters.parse(given)
    const stream = createStream(31)
    return Array.from({ length: count }, (_, i) =>
      sampleMixture({ environment: keysChests, parameters, alpha }, stream, i),
    )
  }
  const openNeighbours = ({ walls, size }: KeysChestsLevel, cell: number) =>
    neighbourOffsets(size).filter((offset) => walls[cell + offset] === 0).length
  const sideOfMaze = ({ walls }: KeysChestsLevel) => {
    const open = [...walls.keys()].filter((cell) => walls[cell] === 0)
    return Math.sqrt(2 * (open.length + 1)) - 1
  }

  test.each([
    [0, 'twice as many chests as keys'],
    [1, 'twice as many keys as chests'],
  ])('at α = %i have %s, d + 1 or d + 2 of what is few, equally often at every difficulty', (alpha) => {
    const counts = new Map<string, number>()
    for (const level of draw(alpha, {}, 4_000)) {
      const few = alpha === 0 ? level.keys.length : level.chests.length
      expect(alpha === 0 ? level.chests.length : level.keys.length).toBe(2 * few)
      expect(level.hidden).toHaveLength(level.chests.length)
      const kind = `${sideOfMaze(level)} ${few}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    const kinds = [0, 1, 2, 3, 4].flatMap((d) => [`${5 + 2 * d} ${d + 1}`, `${5 + 2 * d} ${d + 2}`])
    expect([...counts.keys()].toSorted()).toEqual(kinds.toSorted())
    for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(4 * Math.sqrt(400))
  })

  test('lie in the middle; things lie in no dead end and not beside the mouse, in cells of their own', () => {
    for (const level of draw(0.5, { size: 17, difficulty: 4 }, 400)) {
      const { size, walls, mouse, keys: keyCells, chests, hidden } = level
      const side = sideOfMaze(level)
      for (const cell of [...walls.keys()].filter((at) => walls[at] === 0))
        for (const place of rowAndColumn(size, cell)) expect(Math.abs(place - 9)).toBeLessThanOrEqual((side - 1) / 2)
      const things = [...keyCells, ...chests, ...hidden]
      expect(new Set([...things, mouse]).size).toBe(things.length + 1)
      // The smallest mazes have too few such places.
      if (side < 9) continue
      for (const cell of things) {
        expect(openNeighbours(level, cell)).toBeGreaterThan(1)
        expect(neighbourOffsets(size)).not.toContain(cell - mouse)
      }
    }
  })

  test('hide chests that could as well be visible, also where places are scarce', () => {
    const levels = draw(0, { size: 5, difficulty: 0 }, 6_000)
    const deadEnds = (cells: (level: KeysChestsLevel) => readonly number[]) =>
      levels.reduce((sum, level) => sum + cells(level).filter((cell) => openNeighbours(level, cell) === 1).length, 0)
    const [visible, hidden] = [deadEnds(({ chests }) => chests), deadEnds((level) => level.hidden)]
    expect(visible).toBeGreaterThan(0)
    expect(Math.abs(visible - hidden)).toBeLessThan(4 * Math.sqrt(visible + hidden))
  })

  test('without hidden chests have none', () => {
    for (const { hidden } of draw(0.5, { hiddenChests: false }, 50)) expect(hidden).toEqual([])
  })
})

/** The best return of both goals by trying every action in every state, by the written rules. */
function tryAllActions(level: KeysChestsLevel, given: Record<string, unknown>): [chests: number, keys: number] {
  const { discount, maxSteps, keyPenalty } = parametersOf(given)
  const end = level.chests.length - Math.min(level.keys.length, level.chests.length)
  const bestFor = (worth: { key: number; chest: number }) => {
    const known = new Map<string, number>()
    function best(cell: number, left: readonly number[], shut: readonly number[], steps: number): number {
      if (steps === maxSteps || shut.length === end) return 0
      const state = [cell, left, shut, steps].join('|')
      const before = known.get(state)
      if (before !== undefined) return before
      const held = level.keys.length - left.length - (level.chests.length - shut.length)
      const outcomes = neighbourOffsets(level.size).map((offset) => {
        const to = level.walls[cell + offset] === 1 ? cell : cell + offset
        const takes = left.includes(to)
        const opens = shut.includes(to) && held > 0
        const next = [left.filter((key) => key !== to), opens ? shut.filter((chest) => chest !== to) : shut] as const
        return (takes ? worth.key : opens ? worth.chest : 0) + discount * best(to, ...next, steps + 1)
      })
      const value = Math.max(...outcomes)
      known.set(state, value)
      return value
    }
    return best(level.mouse, level.keys, level.chests, 0)
  }
  return [Math.max(0, bestFor({ key: -keyPenalty, chest: 1 })), bestFor({ key: 1, chest: 0 })]
}

describe('the solver', () => {
  test.each([{}, { keyPenalty: 0.3 }, { keyPenalty: 1, discount: 0.9 }, { maxSteps: 9 }])(
    'agrees with every action in every state, with %j',
    (rules) => {
      const given = { discount: 0.95, maxSteps: 30, ...rules }
      const parameters = parametersOf(given)
      const stream = createStream(8)
      for (let i = 0; i < 40; i++) {
        const level = sampleMixture({ environment: keysChests, parameters, alpha: 0.5 }, stream, i)
        const { optimalReturns } = keysChests.solve(parameters, level)
        for (const [goal, value] of tryAllActions(level, given).entries())
          expect(optimalReturns[goal]).toBeCloseTo(value, 10)
      }
    },
  )

  test('agrees with the solver of keys in open worlds with 3 keys and 6 chests', () => {
    const parameters = keys.parameters.parse({ size: 9, few: 3, many: 6, maxSteps: 40, discount: 0.99 })
    const stream = createStream(9)
    for (let i = 0; i < 30; i++) {
      const level = sampleMixture({ environment: keys, parameters, alpha: 0.5 }, stream, i)
      expect(planTouches(level, parameters, { key: 0, chest: 1 }).optimalReturn).toBeCloseTo(
        planChests(level, parameters).optimalReturn,
        10,
      )
    }
  })
})

test.each([
  [{ difficulty: -1 }, 'difficulty'],
  [{ size: 11 }, 'size'],
  [{ size: 14 }, 'size'],
  [{ keyPenalty: -1 }, 'keyPenalty'],
])('the parameters %j are refused, naming %s', (given, name) => {
  const parsed = keysChests.parameters.safeParse(given)
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([name])
})
