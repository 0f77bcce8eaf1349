import { z } from 'zod'
import { borderedGrid, cellAt, rowAndColumn, sideOf, type GridLevel } from './grid.ts'
import { companies, placesOf, symbolOf, type LevelFormat } from './level-format.ts'

/**
 * Canonical and compact: `{"size":3,"walls":"0a8","mouse":[1,2],"cheese":[3,3]}`. `walls` holds one bit per interior
 * cell, row by row, most significant bit first, as hex digits padded with zeros; places are [row, column] with the
 * border counted, a list of them for an item of many; notes are lists of integers.
 */
export function gridToJson<Level extends GridLevel>(format: LevelFormat<Level>, level: Level): unknown {
  const { size } = level
  const places = placesOf(format, level).map((cells, i) => {
    const item = format.items[i]
    const pairs = cells.map((cell) => rowAndColumn(size, cell))
    return [item, isMany(format, item) ? pairs : pairs[0]]
  })
  const notes = (format.notesOf?.(level) ?? []).map((values, i) => [format.notes?.[i], values])
  return { size, walls: packWalls(level), ...Object.fromEntries([...places, ...notes]) }
}

/** Throws a RangeError if `json` is not a level of this size. */
export function gridFromJson<Level extends GridLevel>(format: LevelFormat<Level>, size: number, json: unknown): Level {
  const parsed = schemaFor(format, size).safeParse(json)
  if (!parsed.success) throw new RangeError(`not a level of size ${size}: ${z.prettifyError(parsed.error)}`)
  const digits = String(parsed.data['walls'])
  const walls = unpackWalls(size, digits)
  const listOf = (name: string): readonly number[] => {
    const list = parsed.data[name]
    return Array.isArray(list) ? list : []
  }
  const placed = format.items.map(listOf)
  const fail = (problem: string): never => {
    throw new RangeError(`not a level of size ${size}: ${problem}`)
  }
  const buried = format.items.find((_, i) => placed[i].some((cell) => walls[cell] === 1))
  if (buried !== undefined) fail(`the ${buried} lies inside a wall`)
  checkCompany(format, placed, fail)
  const level = format.levelOf(
    { size, walls },
    placed.map((cells) => cells.toSorted((a, b) => a - b)),
    (format.notes ?? []).map(listOf),
  )
  if (packWalls(level) !== digits) fail('walls has bits beyond the last cell')
  return level
}

/** A level must have a drawing: for example, the mouse needs a cell of its own. */
function checkCompany(
  format: Pick<LevelFormat<GridLevel>, 'items' | 'symbols'>,
  placed: readonly (readonly number[])[],
  fail: (problem: string) => never,
): void {
  for (const company of companies(format, placed).values()) {
    if (symbolOf(format, company) === undefined) fail(`${company.join(' and ')} are in one cell`)
  }
}

const isMany = ({ many }: Pick<LevelFormat<GridLevel>, 'many'>, item: string) => many?.includes(item) === true

type Schema = ReturnType<typeof createSchema>

/** By what it depends on: zod compiles a schema when it first parses, which takes longer than reading many levels. */
const schemas = new Map<string, Schema>()

function schemaFor(format: Pick<LevelFormat<GridLevel>, 'items' | 'many' | 'notes'>, size: number): Schema {
  const key = JSON.stringify([format.items, format.many, format.notes, size])
  const schema = schemas.get(key) ?? createSchema(format, size)
  schemas.set(key, schema)
  return schema
}

/** Items are read as lists of cells. */
function createSchema(format: Pick<LevelFormat<GridLevel>, 'items' | 'many' | 'notes'>, size: number) {
  const coordinate = z.number().int().min(1).max(size)
  const place = z.tuple([coordinate, coordinate]).transform(([row, column]) => cellAt(size, row, column))
  const single = place.transform((cell) => [cell])
  const digits = Math.ceil((size * size) / 4)
  const shape: Record<string, z.ZodType<string | number | number[]>> = {
    size: z.literal(size),
    walls: z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `expected ${digits} lower-case hex digits`),
    ...Object.fromEntries(format.items.map((item) => [item, isMany(format, item) ? z.array(place) : single])),
    ...Object.fromEntries((format.notes ?? []).map((note) => [note, z.array(z.number().int())])),
  }
  return z.strictObject(shape)
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
