import { describe, expect, test } from 'vitest'
import { dishFormat } from '../dish/level.ts'
import { gridFromJson, gridToJson } from './level-json.ts'
import { parseGrid } from './parse-level.ts'

const level = parseGrid(
  dishFormat,
  3,
  `
  #####
  #..c#
  #@#d#
  ###.#
  #####`,
)
// Interior walls, row by row: 000 010 110 → 0000 1011 0(000).
const json = { size: 3, walls: '0b0', mouse: [2, 1], cheese: [1, 3], dish: [2, 3] }

describe('a level as JSON', () => {
  test('holds size, walls as bits, and places as row and column, in this order', () => {
    expect(JSON.stringify(gridToJson(dishFormat, level))).toBe(JSON.stringify(json))
  })

  test('comes back as the same level', () => {
    expect(gridFromJson(dishFormat, 3, json)).toEqual(level)
  })

  test.each([
    ['of another size', { ...json, size: 4 }, /size/],
    ['with too few digits', { ...json, walls: '0b' }, /expected 3 lower-case hex digits/],
    ['with capital digits', { ...json, walls: '0B0' }, /expected 3 lower-case hex digits/],
    ['with bits after the last cell', { ...json, walls: '0b1' }, /bits beyond the last cell/],
    ['without a cheese', { ...json, cheese: undefined }, /cheese/],
    ['with something unknown', { ...json, lava: [1, 1] }, /lava/],
    ['with a mouse on the border', { ...json, mouse: [0, 1] }, /mouse/],
    ['with a mouse inside a wall', { ...json, mouse: [2, 2] }, /the mouse lies inside a wall/],
    ['with the mouse on the cheese', { ...json, mouse: [1, 3] }, /mouse and cheese are in one cell/],
    ['that is no object', 'level', /level/],
  ])('%s is refused', (_, bad, message) => {
    expect(() => gridFromJson(dishFormat, 3, bad)).toThrow(message)
    expect(() => gridFromJson(dishFormat, 3, bad)).toThrow(RangeError)
  })
})
