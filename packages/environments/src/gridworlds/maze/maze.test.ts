import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { environmentConformance } from '../../../test/environment-conformance.ts'
import { sampleMixture } from '../../mixture.ts'
import { shrinkLevel } from '../../shrink-level.ts'
import { cellAt, gridActions, rowAndColumn } from '../grid/grid.ts'
import type { CornerMazeLevel } from './level.ts'
import { maze } from './maze.ts'
import { mazeParameters, type MazeParameters } from './parameters.ts'

environmentConformance(maze, { size: 9, view: 'pixels', pixels: 32, maxSteps: 64 })
environmentConformance(maze, { size: 5, minSize: 5, cornerSize: 3, maxSteps: 32 })

type Move = (typeof gridActions)[number]

function walk(drawing: string, moves: readonly Move[], given: Record<string, unknown> = {}) {
  const parameters = mazeParameters.parse({ size: 5, ...given })
  const level = maze.parseLevel(parameters, drawing)
  const simulator = maze.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const outcomes = moves.map((move) => {
    simulator.step(Uint8Array.of(gridActions.indexOf(move)))
    return [...simulator.goalRewards.map(([reward]) => reward), simulator.terminated[0]].join(' ')
  })
  return { outcomes, simulator, level, parameters, solution: maze.solve(parameters, level) }
}

describe('an episode', () => {
  const padded = `
    #######
    #######
    ##..x##
    ##.####
    ##@.c##
    #######
    #######`

  test('ends at the cheese, and pays it', () => {
    expect(walk(padded, ['right', 'right']).outcomes).toEqual(['0 0 0 0 0', '1 0 0 1 1'])
  })

  test('pays the corners of the maze, also where the level is padded, once, and continues there', () => {
    expect(walk(padded, ['up', 'up', 'right', 'right', 'left', 'right']).outcomes).toEqual([
      '0 0 0 0 0',
      '0 0 1 0 0',
      '0 0 0 0 0',
      '0 1 0 0 0',
      '0 0 0 0 0',
      '0 0 0 0 0',
    ])
  })

  test('is solved exactly: γ^(d − 1), around the cheese for other goals', () => {
    const { solvable, optimalReturns } = walk(padded, []).solution
    expect(solvable).toBe(true)
    for (const [goal, moves] of [2, 4, 2, 2].entries())
      expect(optimalReturns[goal]).toBeCloseTo(0.999 ** (moves - 1), 12)
    const behind = walk(padded.replace('c##', '.##').replace('@.', '@c'), []).solution
    expect(behind.optimalReturns[3]).toBe(0)
  })
})

describe('pixels', () => {
  const level = `
    #####
    #.#b#
    #.#.#
    #@..#
    #####`
  const letters: Readonly<Record<string, string>> = { '92': '#', '212': '.', '96': '@', '252': 'c' }
  const textOf = (observations: Uint8Array, side: number) =>
    Array.from({ length: side }, (_, row) =>
      Array.from({ length: side }, (_cell, column) => letters[observations[3 * (row * side + column)]]).join(''),
    )

  test('show the interior with cells of one size, and follow the mouse', () => {
    const { simulator } = walk(level, ['right', 'right'], { size: 3, view: 'pixels', pixels: 8 })
    expect(textOf(simulator.observations, 8)).toEqual([
      '########',
      '#..##cc#',
      '#..##cc#',
      '#..##..#',
      '#..##..#',
      '#....@@#',
      '#....@@#',
      '########',
    ])
  })

  test('are the same after any steps as drawn at once', () => {
    const parameters = mazeParameters.parse({ size: 9, view: 'pixels', pixels: 40, maxSteps: 500 })
    const stream = createStream(3)
    const levels = Array.from({ length: 8 }, (_, i) =>
      sampleMixture({ environment: maze, parameters, alpha: 1 }, stream, i),
    )
    const [played, drawn] = [maze.createSimulator(parameters, 8), maze.createSimulator(parameters, 8)]
    for (const [i, drawing] of levels.entries()) played.reset(i, drawing)
    for (let step = 0; step < 60; step++) {
      played.step(Uint8Array.from({ length: 8 }, (_, i) => Math.floor(4 * stream.uniform(i, step))))
      drawn.restoreState(levels, played.saveState())
      expect(Buffer.compare(played.observations, drawn.observations)).toBe(0)
      for (const [i, drawing] of levels.entries()) if (played.terminated[i] === 1) played.reset(i, drawing)
    }
  })
})

describe('levels', () => {
  const draw = (alpha: number, given: Record<string, unknown>, count = 9_000) => {
    const parameters = mazeParameters.parse(given)
    const stream = createStream(19)
    return Array.from({ length: count }, (_, i) => sampleMixture({ environment: maze, parameters, alpha }, stream, i))
  }

  test('have the mouse at the bottom left of the maze and, in training, the cheese at its top right', () => {
    for (const { size, walls, mouse, cheese, corner } of draw(0, { size: 9 }, 300)) {
      const [row, column] = rowAndColumn(size, mouse)
      expect([row, column]).toEqual([size + 1 - column, size + 1 - row])
      expect(cheese).toBe(corner)
      expect(corner).toBe(cellAt(size, column, row))
      expect(walls[mouse] + walls[corner]).toBe(0)
    }
  })

  /** By cell, how much more often the cheese lay there than on an average free cell of its levels, in deviations. */
  function unevenness(levels: readonly CornerMazeLevel[], cells: (level: CornerMazeLevel) => readonly number[]) {
    const [found, expected] = [new Map<number, number>(), new Map<number, number>()]
    for (const level of levels) {
      const free = cells(level).filter((cell) => level.walls[cell] === 0 && cell !== level.mouse)
      expect(free).toContain(level.cheese)
      found.set(level.cheese, (found.get(level.cheese) ?? 0) + 1)
      for (const cell of free) expected.set(cell, (expected.get(cell) ?? 0) + 1 / free.length)
    }
    return [...expected].map(([cell, count]) => Math.abs((found.get(cell) ?? 0) - count) / Math.sqrt(count))
  }

  test('have the cheese uniformly on the free cells of the k × k region at the top right', () => {
    const region = ({ corner }: CornerMazeLevel) =>
      [0, 1, 2].flatMap((row) => [0, 1, 2].map((x) => corner + 9 * row - x))
    expect(Math.max(...unevenness(draw(0, { size: 7, minSize: 5, cornerSize: 3 }), region))).toBeLessThan(4)
  })

  test('have the cheese uniformly on all free cells after the shift', () => {
    const all = ({ walls }: CornerMazeLevel) => [...walls.keys()]
    expect(Math.max(...unevenness(draw(1, { size: 5 }), all))).toBeLessThan(4)
  })

  test('are the same mazes in both distributions', () => {
    const after = draw(1, { size: 9 }, 100)
    for (const [i, { walls, mouse }] of draw(0, { size: 9 }, 100).entries())
      expect([walls, mouse]).toEqual([after[i].walls, after[i].mouse])
  })

  test('shrink while goal and proxy differ', () => {
    const parameters = mazeParameters.parse({ size: 7 })
    const keeps = (one: { parameters: MazeParameters; level: CornerMazeLevel }) => {
      const { solvable, optimalReturns } = maze.solve(one.parameters, one.level)
      return solvable && optimalReturns[1] > 0 && optimalReturns[0] !== optimalReturns[1]
    }
    const level = draw(1, { size: 7 }, 40).find((one) => keeps({ parameters, level: one }))!
    const shrunk = shrinkLevel(maze, { parameters, level, keeps })
    expect(shrunk.parameters.size).toBe(3)
    expect(shrunk.edits).toBeGreaterThan(2)
  })
})

test.each([
  [{ size: 4 }, 'size'],
  [{ size: 27 }, 'size'],
  [{ minSize: 4 }, 'minSize'],
  [{ size: 5, minSize: 7 }, 'minSize'],
  [{ view: 'pixels', pixels: 24 }, 'pixels'],
  [{ cornerSize: 0 }, 'cornerSize'],
])('the parameters %j are refused, naming %s', (given, name) => {
  const parsed = mazeParameters.safeParse(given)
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([name])
})
