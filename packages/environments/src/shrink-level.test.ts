import { createStream } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { corner } from './gridworlds/corner/corner.ts'
import { keys } from './gridworlds/keys/keys.ts'
import { shrinkLevel } from './shrink-level.ts'

/** A drawing without its indentation. */
const trimmed = (drawing: string): string =>
  drawing
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n')

/** Shrinks a level of corner while the cheese is reachable and at least this many steps away. */
function shrinkCorner(drawing: string, size: number, steps: number) {
  const parameters = corner.parameters.parse({ size, discount: 0.5 })
  const level = corner.parseLevel(parameters, drawing)
  const request = {
    parameters,
    level,
    keeps: (candidate: { parameters: typeof parameters; level: typeof level }) => {
      const {
        solvable,
        optimalReturns: [optimalReturn],
      } = corner.solve(candidate.parameters, candidate.level)
      return solvable && optimalReturn <= 0.5 ** (steps - 1)
    },
  }
  return { shrunk: shrinkLevel(corner, request), request }
}

const maze = `
  #######
  #..#..#
  #.@#..#
  #..#..#
  #.....#
  #.#..c#
  #######`

describe('shrinking a level', () => {
  test('removes rows, columns and walls until only the necessary ones are left', () => {
    const { shrunk } = shrinkCorner(maze, 5, 1)
    expect(corner.printLevel(shrunk.parameters, shrunk.level)).toBe(
      trimmed(`
      ####
      #@.#
      #.c#
      ####`),
    )
    expect(shrunk.parameters.size).toBe(2)
  })

  test('leaves a level in which every wall is necessary', () => {
    const { shrunk, request } = shrinkCorner(maze, 5, 6)
    const drawing = corner.printLevel(shrunk.parameters, shrunk.level)
    const { size } = shrunk.parameters
    const interior = drawing
      .split('\n')
      .slice(1, -1)
      .map((line) => line.slice(1, -1))
    const spared = interior.flatMap((line, row) =>
      line.split('').flatMap((symbol, column) => (symbol === '#' ? [[row, column] as const] : [])),
    )
    for (const [row, column] of spared) {
      const rows = interior.with(row, interior[row].slice(0, column) + '.' + interior[row].slice(column + 1))
      const border = '#'.repeat(size + 2)
      const level = corner.parseLevel(
        shrunk.parameters,
        [border, ...rows.map((line) => `#${line}#`), border].join('\n'),
      )
      expect(request.keeps({ parameters: shrunk.parameters, level })).toBe(false)
    }
    expect(request.keeps(shrunk)).toBe(true)
  })

  test('removes unnecessary things, and keeps those that a level needs', () => {
    const parameters = keys.parameters.parse({ size: 4, few: 1, many: 4 })
    const level = keys.parseLevel(
      parameters,
      `
      ######
      #@.k.#
      #.##k#
      #c..c#
      #..kc#
      ######`,
    )
    const shrunk = shrinkLevel(keys, {
      parameters,
      level,
      keeps: (candidate) => keys.solve(candidate.parameters, candidate.level).solvable,
    })
    const symbols = keys.printLevel(shrunk.parameters, shrunk.level).split('')
    const count = (symbol: string) => symbols.filter((each) => each === symbol).length
    expect([count('@'), count('k'), count('c')]).toEqual([1, 1, 1])
    // With one key and four chests, parameters allow nothing smaller.
    expect(shrunk.parameters.size).toBe(3)
  })

  test('gives the same level every time, and the level itself if nothing can be removed', () => {
    const once = shrinkCorner(maze, 5, 4).shrunk
    expect(shrinkCorner(maze, 5, 4).shrunk).toEqual(once)
    const drawing = corner.printLevel(once.parameters, once.level)
    const again = shrinkCorner(drawing, once.parameters.size, 4).shrunk
    expect(corner.printLevel(again.parameters, again.level)).toBe(drawing)
    expect(again.edits).toBe(0)
  })

  test('refuses a level for which the condition does not hold', () => {
    expect(() => shrinkCorner(maze, 5, 20)).toThrow('does not have the property')
  })

  test('shrinks randomly drawn levels of any size', () => {
    const parameters = corner.parameters.parse({ size: 9 })
    const level = corner.distributions[1].sample(parameters, createStream(3).at(0))
    const keeps = () => true
    expect(
      shrinkLevel(corner, { parameters, level, keeps }).level.walls.filter((each) => each === 1).length,
    ).toBeLessThan(20)
  })
})
