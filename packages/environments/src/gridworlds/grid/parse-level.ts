import { sideOf, type GridLevel } from './grid.ts'
import { floorSymbol, wallSymbol, type LevelFormat } from './level-format.ts'

export type Drawing = { readonly lines: readonly string[]; readonly firstLine: number; readonly firstColumn: number }

/**
 * Reads a drawing of (size + 2)² symbols, and the notes below it; blank lines around and common indentation do not
 * count. Throws a RangeError that names line and column.
 */
export function parseGrid<Level extends GridLevel>(format: LevelFormat<Level>, size: number, text: string): Level {
  const drawing = trimmed(text)
  const side = sideOf(size)
  const noteNames = format.notes ?? []
  checkShape(drawing, side, noteNames.length)
  const walls = new Uint8Array(side * side)
  const places = new Map<string, number[]>(format.items.map((item) => [item, []]))
  for (let cell = 0; cell < walls.length; cell++) {
    const symbol = drawing.lines[Math.floor(cell / side)][cell % side]
    const fail = (problem: string) => failAt(drawing, Math.floor(cell / side), cell % side, problem)
    walls[cell] = symbol === wallSymbol ? 1 : 0
    if (symbol !== wallSymbol && onBorder(cell, side)) fail(`the border must be wall (${wallSymbol}), found ${symbol}`)
    for (const item of itemsOf(format, symbol, fail)) {
      const cells = places.get(item) ?? []
      if (cells.length > 0 && format.many?.includes(item) !== true) fail(`a second ${item}`)
      cells.push(cell)
    }
  }
  for (const [item, cells] of places)
    if (cells.length === 0 && format.many?.includes(item) !== true)
      failAt(drawing, side - 1, 0, `the level ends without a ${item}`)
  const notes = noteNames.map((name, i) => readNote(name, drawing, side + i))
  return build(() => format.levelOf({ size, walls }, [...places.values()], notes), drawing)
}

export function trimmed(text: string): Drawing {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const first = Math.max(
    lines.findIndex((line) => line !== ''),
    0,
  )
  const last = lines.findLastIndex((line) => line !== '')
  const kept = lines.slice(first, last + 1)
  const indents = kept.filter((line) => line !== '').map((line) => line.length - line.trimStart().length)
  const firstColumn = indents.length === 0 ? 0 : Math.min(...indents)
  return { lines: kept.map((line) => line.slice(firstColumn)), firstLine: first, firstColumn }
}

function checkShape(drawing: Drawing, side: number, notes: number): void {
  const { lines } = drawing
  const expected = side + notes
  if (lines.length !== expected)
    failAt(
      drawing,
      Math.min(lines.length, expected),
      0,
      `expected ${side} lines (border included)${notes > 0 ? ` and ${notes} of notes` : ''}, found ${lines.length}`,
    )
  const wrong = lines.slice(0, side).findIndex((line) => line.length !== side)
  if (wrong >= 0)
    failAt(
      drawing,
      wrong,
      Math.min(lines[wrong].length, side),
      `expected ${side} symbols, found ${lines[wrong].length}`,
    )
}

function onBorder(cell: number, side: number): boolean {
  const row = Math.floor(cell / side)
  const column = cell % side
  return row === 0 || column === 0 || row === side - 1 || column === side - 1
}

function itemsOf(
  format: Pick<LevelFormat<GridLevel>, 'symbols'>,
  symbol: string,
  fail: (problem: string) => never,
): readonly string[] {
  if (symbol === wallSymbol || symbol === floorSymbol) return []
  if (Object.hasOwn(format.symbols, symbol)) return format.symbols[symbol]
  const known = [wallSymbol, floorSymbol, ...Object.keys(format.symbols)].join(' ')
  return fail(`unknown symbol ${JSON.stringify(symbol)}, expected one of ${known}`)
}

function readNote(name: string, drawing: Drawing, row: number): number[] {
  const match = /^([^:]+):((?: -?\d+)*)$/.exec(drawing.lines[row])
  if (match === null || match[1] !== name)
    return failAt(drawing, row, 0, `expected the note "${name}: ", followed by integers separated by spaces`)
  return match[2]
    .split(' ')
    .filter((word) => word !== '')
    .map(Number)
}

/** Errors of the level as a whole are reported for its last line. */
function build<Level>(levelOf: () => Level, drawing: Drawing): Level {
  try {
    return levelOf()
  } catch (error) {
    if (error instanceof RangeError) failAt(drawing, drawing.lines.length - 1, 0, error.message)
    throw error
  }
}

export function failAt(drawing: Drawing, row: number, column: number, problem: string): never {
  const line = drawing.firstLine + row + 1
  throw new RangeError(`line ${line}, column ${drawing.firstColumn + column + 1}: ${problem}`)
}
