import { z } from 'zod'
import { borderedGrid, cellAt, rowAndColumn, sideOf, type GridLevel } from './grid.ts'
import { symbolOf, type LevelFormat } from './level-format.ts'

/**
 * Canonical and compact: `{"size":3,"walls":"0a8","mouse":[1,2],"cheese":[3,3]}`. `walls` holds one bit per interior cell,
 * row by row, most significant bit first, as hex digits padded with zeros; places are [row, column] with the border counted.
 */
export function gridToJson<Level extends GridLevel>(format: LevelFormat<Level>, level: Level): unknown {
  const { size } = level
  const places = format.cellsOf(level).map((cell, i) => [format.items[i], rowAndColumn(size, cell)])
  return { size, walls: packWalls(level), ...Object.fromEntries(places) }
}

/** Throws a RangeError where `json` is not a level of this size. */
export function gridFromJson<Level extends GridLevel>(format: LevelFormat<Level>, size: number, json: unknown): Level {
  const parsed = schemaFor(format, size).safeParse(json)
  if (!parsed.success) throw new RangeError(`not a level of size ${size}: ${z.prettifyError(parsed.error)}`)
  const { walls: digits, ...places } = parsed.data as { walls: string } & Record<string, [number, number]>
  const walls = unpackWalls(size, digits)
  const cells = format.items.map((item) => cellAt(size, ...places[item]))
  const fail = (problem: string): never => {
    throw new RangeError(`not a level of size ${size}: ${problem}`)
  }
  const buried = format.items.find((_, i) => walls[cells[i]] === 1)
  if (buried !== undefined) fail(`the ${buried} lies inside a wall`)
  checkCompany(format, cells, fail)
  const level = format.levelOf({ size, walls }, cells)
  if (packWalls(level) !== digits) fail('walls has bits beyond the last cell')
  return level
}

/** What no drawing could show is no level: the mouse, for one, has a cell to itself. */
function checkCompany(
  format: Pick<LevelFormat<GridLevel>, 'items' | 'symbols'>,
  cells: readonly number[],
  fail: (problem: string) => never,
): void {
  for (const cell of cells) {
    const company = format.items.filter((_, i) => cells[i] === cell)
    if (symbolOf(format, company) === undefined) fail(`${company.join(' and ')} lie in one cell`)
  }
}

function schemaFor(format: Pick<LevelFormat<GridLevel>, 'items'>, size: number): z.ZodType {
  const coordinate = z.number().int().min(1).max(size)
  const digits = Math.ceil((size * size) / 4)
  return z.strictObject({
    size: z.literal(size),
    walls: z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `expected ${digits} lower-case hex digits`),
    ...Object.fromEntries(format.items.map((item) => [item, z.tuple([coordinate, coordinate])])),
  })
}

function packWalls({ size, walls }: GridLevel): string {
  let digits = ''
  for (let index = 0; index < size * size; index += 4) {
    let digit = 0
    for (let bit = 0; bit < 4; bit++)
      digit = digit * 2 + (index + bit < size * size ? walls[interiorCell(size, index + bit)] : 0)
    digits += digit.toString(16)
  }
  return digits
}

function unpackWalls(size: number, digits: string): Uint8Array {
  const walls = borderedGrid(size)
  for (let index = 0; index < size * size; index++)
    walls[interiorCell(size, index)] = (Number.parseInt(digits[index >> 2], 16) >> (3 - (index & 3))) & 1
  return walls
}

const interiorCell = (size: number, index: number) => sideOf(size) * (1 + Math.floor(index / size)) + 1 + (index % size)
