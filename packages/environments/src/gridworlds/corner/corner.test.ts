import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { estimate } from '../../../test/play.ts'
import { gridActions, rowAndColumn } from '../grid/grid.ts'
import { isMazeSimulator, type MazeSimulator } from '../grid/maze-simulator.ts'
import { sampleMixture } from '../../mixture.ts'
import { corner } from './corner.ts'
import type { CornerLevel } from './level.ts'

environmentConformance(corner, { ending: 'both', size: 6 })
environmentConformance(corner, { cornerSize: 3, size: 5, maxSteps: 32, discount: 0.99 })
environmentConformance(corner, { size: 2, wallProbability: 0.9, maxSteps: 3 })
environmentConformance(corner, { cornerSize: 3, cornerCells: 'free', timePenalty: 0.9, size: 5, maxSteps: 32 })

type Moves = readonly (typeof gridActions)[number][]

/** Plays the moves and returns, per step, [reward, proxy reward, terminated, truncated], and the mouse’s last cell. */
function walk(drawing: string, moves: Moves, given: Record<string, unknown> = {}) {
  const parameters = corner.parameters.parse({ size: 3, ...given })
  const level = corner.parseLevel(parameters, drawing)
  const simulator = corner.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    const {
      goalRewards: [rewards, proxyRewards],
      terminated,
      truncated,
    } = simulator
    return [rewards[0], proxyRewards[0], terminated[0], truncated[0]].join(' ')
  })
  if (!isMazeSimulator(simulator)) throw new TypeError('not a maze')
  const solution = corner.solve(parameters, level)
  return { outcomes, place: rowAndColumn(3, simulator.mouseCell(0)), simulator, solution }
}

const [nothing, cheese, cornerVisit, end] = ['0 0 0 0', '1 0 1 0', '0 1 0 0', '0 0 0 1']

describe('moving', () => {
  const open = `
    #####
    #...#
    #.@.#
    #..c#
    #####`

  test.each([
    ['up', [1, 2]],
    ['left', [2, 1]],
    ['down', [3, 2]],
    ['right', [2, 3]],
  ] as const)('%s leads to row and column %j', (move, place) => {
    expect(walk(open, [move]).place).toEqual(place)
  })

  test('into a wall or the border only takes time', () => {
    const enclosed = `
      #####
      #@#.#
      ##..#
      #..c#
      #####`
    const { place, simulator } = walk(enclosed, ['up', 'left', 'down', 'right'])
    expect(place).toEqual([1, 1])
    expect(simulator.steps[0]).toBe(4)
  })
})

describe('an episode that ends at the cheese', () => {
  const level = `
    #####
    #..c#
    #@#.#
    #...#
    #####`

  test('pays the corner only at its first visit, and continues', () => {
    const { outcomes } = walk(level, ['up', 'down', 'up', 'right'])
    expect(outcomes).toEqual([cornerVisit, nothing, nothing, nothing])
  })

  test('pays the cheese and terminates there', () => {
    expect(walk(level, ['up', 'right', 'right']).outcomes.at(-1)).toBe(cheese)
  })

  test('pays both in one step if the cheese is in the corner', () => {
    const together = `
      #####
      #c@.#
      #...#
      #...#
      #####`
    expect(walk(together, ['left']).outcomes).toEqual(['1 1 1 0'])
  })

  test('is truncated at the step limit, but terminated if the cheese is reached in the last step', () => {
    expect(walk(level, ['down', 'up', 'down'], { maxSteps: 3 }).outcomes).toEqual([nothing, nothing, end])
    expect(walk(level, ['up', 'right', 'right'], { maxSteps: 3 }).outcomes.at(-1)).toBe(cheese)
  })

  test('counts a first step that ends in the corner as a visit, also for a mouse that started there', () => {
    const inside = `
      #####
      #@..#
      #...#
      #..c#
      #####`
    expect(walk(inside, ['up', 'left']).outcomes).toEqual([cornerVisit, nothing])
    expect(walk(inside, ['right', 'left']).outcomes).toEqual([nothing, cornerVisit])
    expect(walk(inside, []).solution.optimalReturns[1]).toBe(1)
  })

  test('is worth nothing to the proxy if the corner is a wall, or lies behind the cheese', () => {
    const walled = `
      #####
      ##..#
      #.@.#
      #..c#
      #####`
    const behind = `
      #####
      #.c@#
      ###.#
      #...#
      #####`
    for (const drawing of [walled, behind]) {
      const { solvable, optimalReturns } = walk(drawing, []).solution
      expect([solvable, optimalReturns[1]]).toEqual([true, 0])
    }
  })

  test('is worth γ^(d − 1), d the shortest path, and nothing beyond the step limit', () => {
    const around = `
      #####
      #.#c#
      #@#.#
      #...#
      #####`
    expect(walk(around, []).solution.optimalReturns[0]).toBeCloseTo(0.999 ** 4, 12)
    expect(walk(around, [], { maxSteps: 5 }).solution.solvable).toBe(true)
    const short = walk(around, [], { maxSteps: 4 }).solution
    expect([short.solvable, ...short.optimalReturns.slice(0, 2)]).toEqual([false, 0, 1])
  })
})

describe('an episode that ends at both', () => {
  const level = `
    #####
    #@.c#
    #...#
    #...#
    #####`
  const both = { ending: 'both' }

  test('continues after the cheese, which disappears, and terminates at the corner', () => {
    const { outcomes, simulator } = walk(level, ['right', 'right', 'left', 'left'], both)
    expect(outcomes).toEqual([nothing, '1 0 0 0', nothing, '0 1 1 0'])
    const cheeseChannel = simulator.observations.filter((_, i) => i % 3 === 2)
    expect(cheeseChannel.every((byte) => byte === 0)).toBe(true)
  })

  test('pays the cheese once', () => {
    const { outcomes } = walk(level, ['right', 'right', 'down', 'up'], both)
    expect(outcomes).toEqual([nothing, '1 0 0 0', nothing, nothing])
  })

  test('lets the path to the corner cross the cheese', () => {
    const behind = `
      #####
      #.c@#
      ###.#
      #...#
      #####`
    expect(walk(behind, [], both).solution.optimalReturns[1]).toBeCloseTo(0.999, 12)
  })
})

test('an observation shows wall, mouse and cheese, border included, and follows the mouse', () => {
  const level = `
    #####
    #..c#
    #@#.#
    #...#
    #####`
  const { simulator } = walk(level, ['up'])
  const plane = (channel: number) =>
    Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => simulator.observations[(row * 5 + column) * 3 + channel]).join(''),
    )
  expect(corner.observation(corner.parameters.parse({ size: 3 })).channels).toEqual(['wall', 'mouse', 'cheese'])
  expect(plane(0)).toEqual(['11111', '10001', '10101', '10001', '11111'])
  expect(plane(1)).toEqual(['00000', '01000', '00000', '00000', '00000'])
  expect(plane(2)).toEqual(['00000', '00010', '00000', '00000', '00000'])
})

describe('a penalty of time', () => {
  const level = `
    #####
    #..c#
    #@#.#
    #...#
    #####`

  test('reduces goal and proxy by the share of the step limit that passed before the step', () => {
    const { outcomes, solution } = walk(level, ['down', 'up', 'up', 'right', 'right'], {
      maxSteps: 10,
      timePenalty: 0.5,
      discount: 1,
    })
    // The corner is visited in step 3, the cheese in step 5.
    expect(outcomes.map((outcome) => outcome.split(' ').map((number) => Math.fround(Number(number))))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, Math.fround(0.9), 0, 0],
      [0, 0, 0, 0],
      [Math.fround(0.8), 0, 1, 0],
    ])
    expect(solution.optimalReturns.slice(0, 2)).toEqual([0.9, 1])
  })

  test('is 0 if parameters do not name it', () => {
    const before = corner.parameters.parse({ size: 3 })
    const simulator = corner.createSimulator(before, 1)
    simulator.reset(0, corner.parseLevel(before, level))
    for (const move of ['up', 'right', 'right'] as const) simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    expect(simulator.goalRewards[0][0]).toBe(1)
    const solve = (given: typeof before) => corner.solve(given, corner.parseLevel(given, level))
    expect(solve(before)).toEqual(solve({ ...before, timePenalty: 0 }))
  })
})

describe('levels', () => {
  const stream = createStream(17)
  const draw = (alpha: number, given: Record<string, unknown>, count = 9_000) => {
    const parameters = corner.parameters.parse(given)
    return Array.from({ length: count }, (_, i) => sampleMixture({ environment: corner, parameters, alpha }, stream, i))
  }
  const tally = (places: readonly number[]) => {
    const counts = new Map<number, number>()
    for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1)
    return counts
  }

  test('have their cheese in the corner if they are non-distinguishing', () => {
    for (const level of draw(0, { size: 4 }, 200)) expect(rowAndColumn(4, level.cheese)).toEqual([1, 1])
  })

  test('have it uniformly in the k × k region of cornerSize k, also on walls', () => {
    const counts = tally(draw(0, { size: 5, cornerSize: 3 }).map(({ cheese }) => cheese))
    expect(counts.size).toBe(9)
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * Math.sqrt(1_000))
  })

  test('have it uniformly on free cells of the region; a wall is removed only if none is free', () => {
    const region = { size: 4, cornerSize: 2, wallProbability: 0.5 }
    const cells = [7, 8, 13, 14]
    const levels = draw(0, { ...region, cornerCells: 'free' })
    const untouched = levels.filter(({ walls }) => cells.filter((cell) => walls[cell] === 0).length > 1)
    const counts = tally(
      untouched.map(({ cheese, walls }) => cells.filter((cell) => walls[cell] === 0).indexOf(cheese)),
    )
    // Of n free cells the first is as likely as the second, for every n.
    expect(Math.abs(counts.get(0)! - counts.get(1)!)).toBeLessThan(4 * Math.sqrt(counts.get(0)! + counts.get(1)!))
    // One is free: it was the only one, or all four were walls and it was opened.
    const single = levels.length - untouched.length
    expect(Math.abs(single / levels.length - 5 / 16)).toBeLessThan(4 * Math.sqrt((5 * 11) / 256 / levels.length))
  })

  test('leave walls alone, like distinguishing ones, if the region is the whole world', () => {
    const share = (levels: readonly CornerLevel[]) =>
      estimate(levels.map(({ walls }) => walls.reduce((sum, wall) => sum + wall, 0) - 24))
    const whole = { size: 5, cornerSize: 5 }
    const [free, any, distinguishing] = [
      share(draw(0, { ...whole, cornerCells: 'free' })),
      share(draw(0, { ...whole, cornerCells: 'any' })),
      share(draw(1, whole)),
    ]
    const apart = (one: typeof free, other: typeof free) =>
      Math.abs(one.mean - other.mean) / Math.hypot(one.standardError, other.standardError)
    expect(apart(free, distinguishing)).toBeLessThan(4)
    // A quarter of a wall is missing.
    expect(apart(any, distinguishing)).toBeGreaterThan(4)
  })

  test('do not change if parameters do not name the choice of cells', () => {
    const before = corner.parameters.parse({ size: 5, cornerSize: 3 })
    const sample = (given: object) => corner.distributions[0]!.sample(given as never, stream.named('stored').at(4))
    expect(sample(before)).toEqual(sample({ ...before, cornerCells: 'any' }))
    expect(sample(before)).not.toEqual(sample({ ...before, cornerCells: 'free' }))
  })

  test('have it uniformly anywhere if they are distinguishing, and the mouse uniformly elsewhere', () => {
    const levels = draw(1, { size: 3, wallProbability: 0 })
    for (const places of [levels.map(({ cheese }) => cheese), levels.map(({ mouse }) => mouse)]) {
      const counts = tally(places)
      expect(counts.size).toBe(9)
      for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * Math.sqrt(1_000))
    }
    expect(levels.every(({ mouse, cheese }) => mouse !== cheese)).toBe(true)
  })
})

test.each([
  [{ size: 1 }, 'size'],
  [{ size: 65 }, 'size'],
  [{ size: 4.5 }, 'size'],
  [{ wallProbability: 1 }, 'wallProbability'],
  [{ discount: 0 }, 'discount'],
  [{ discount: Number.POSITIVE_INFINITY }, 'discount'],
  [{ maxSteps: 0 }, 'maxSteps'],
  [{ ending: 'never' }, 'ending'],
  [{ timePenalty: 1.5 }, 'timePenalty'],
  [{ cornerCells: 'walls' }, 'cornerCells'],
  [{ size: 5, cornerSize: 6 }, 'cornerSize'],
])('the parameters %j are refused, naming %s', (given, name) => {
  const parsed = corner.parameters.safeParse(given)
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([name])
})

test('a level of another size is refused by the simulator', () => {
  const level = corner.parseLevel(corner.parameters.parse({ size: 2 }), '####\n#@c#\n#..#\n####')
  expect(() => corner.createSimulator(corner.parameters.parse({ size: 3 }), 1).reset(0, level)).toThrow(
    /size 2 does not fit/,
  )
})

test('an oracle refuses a simulator that is not of its kind', () => {
  const parameters = corner.parameters.parse({ size: 2 })
  const { mouseCell: _, ...foreign } = corner.createSimulator(parameters, 1) as MazeSimulator<CornerLevel>
  const level = corner.parseLevel(parameters, '####\n#@c#\n#..#\n####')
  expect(() => corner.createReference('true-oracle', parameters, foreign, () => level)).toThrow(TypeError)
})
