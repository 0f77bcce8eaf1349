import { describe, expect, test } from 'vitest'
import { dishFormat } from '../dish/level.ts'
import { cellAt } from './grid.ts'
import { parseGrid } from './parse-level.ts'
import { printGrid } from './print-level.ts'

const parse = (drawing: string) => parseGrid(dishFormat, 2, drawing)

describe('a drawing', () => {
  test('gives the places of everything in it', () => {
    const { size, walls, mouse, cheese, dish } = parse('####\n#@c#\n##d#\n####')
    expect([size, mouse, cheese, dish]).toEqual([2, cellAt(2, 1, 1), cellAt(2, 1, 2), cellAt(2, 2, 2)])
    expect([...walls].join('')).toBe('1111100111011111')
  })

  test('may have one symbol for two things', () => {
    const level = parse('####\n#@.#\n##b#\n####')
    expect(level.cheese).toBe(level.dish)
    expect(printGrid(dishFormat, level)).toBe('####\n#@.#\n##b#\n####')
  })

  test('may be indented and have blank lines around it', () => {
    expect(parse('\n  \n    ####\n    #@c#\n    ##d#\n    ####\n\n')).toEqual(parse('####\n#@c#\n##d#\n####'))
  })

  test.each([
    ['', 'line 1, column 1: expected 4 lines (border included), found 0'],
    ['####\n#@c#\n##d#', 'line 4, column 1: expected 4 lines (border included), found 3'],
    ['####\n#@c#\n##d#\n####\n####', 'line 5, column 1: expected 4 lines (border included), found 5'],
    ['####\n#@c\n##d#\n####', 'line 2, column 4: expected 4 symbols, found 3'],
    ['####\n#@c##\n##d#\n####', 'line 2, column 5: expected 4 symbols, found 5'],
    ['\n  ####\n  #@c#\n  .#d#\n  ####', 'line 4, column 3: the border must be wall (#), found .'],
    ['####\n#@c#\n#?d#\n####', 'line 3, column 2: unknown symbol "?", expected one of # . @ c d b'],
    ['####\n#@c#\n#cd#\n####', 'line 3, column 2: a second cheese'],
    ['####\n#@b#\n#.d#\n####', 'line 3, column 3: a second dish'],
    ['####\n#.c#\n##d#\n####', 'line 4, column 1: the level ends without a mouse'],
  ])('%j is refused: %s', (drawing, message) => {
    expect(() => parse(drawing)).toThrow(new RangeError(message))
  })
})

test('a level with the mouse on the cheese has no drawing', () => {
  const level = parse('####\n#@c#\n##d#\n####')
  expect(() => printGrid(dishFormat, { ...level, mouse: level.cheese })).toThrow(
    /no symbol stands for mouse and cheese/,
  )
})
