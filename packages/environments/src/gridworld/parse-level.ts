import { sideOf, type GridLevel } from './grid.ts'
import { floorSymbol, wallSymbol, type LevelFormat } from './level-format.ts'

type Drawing = { readonly lines: readonly string[]; readonly firstLine: number; readonly firstColumn: number }

/**
 * Reads a drawing of (size + 2)² symbols; blank lines around it and common indentation do not count. Throws a RangeError
 * that names line and column.
 */
export function parseGrid<Level extends GridLevel>(format: LevelFormat<Level>, size: number, text: string): Level {
  const drawing = trimmed(text)
  const side = sideOf(size)
  checkShape(drawing, side)
  const walls = new Uint8Array(side * side)
  const places = new Map<string, number>()
  for (let cell = 0; cell < walls.length; cell++) {
    const symbol = drawing.lines[Math.floor(cell / side)][cell % side]
    const fail = (problem: string) => failAt(drawing, Math.floor(cell / side), cell % side, problem)
    walls[cell] = symbol === wallSymbol ? 1 : 0
    if (symbol !== wallSymbol && onBorder(cell, side)) fail(`the border must be wall (${wallSymbol}), found ${symbol}`)
    for (const item of itemsOf(format, symbol, fail)) {
      if (places.has(item)) fail(`a second ${item}`)
      places.set(item, cell)
    }
  }
  return format.levelOf(
    { size, walls },
    format.items.map((item) => placeOf(places, item, drawing)),
  )
}

function trimmed(text: string): Drawing {
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

function checkShape(drawing: Drawing, side: number): void {
  const { lines } = drawing
  if (lines.length !== side)
    failAt(drawing, Math.min(lines.length, side), 0, `expected ${side} lines (border included), found ${lines.length}`)
  const wrong = lines.findIndex((line) => line.length !== side)
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

function placeOf(places: ReadonlyMap<string, number>, item: string, drawing: Drawing): number {
  const cell = places.get(item)
  return cell ?? failAt(drawing, drawing.lines.length - 1, 0, `the level ends without a ${item}`)
}

function failAt(drawing: Drawing, row: number, column: number, problem: string): never {
  const line = drawing.firstLine + row + 1
  throw new RangeError(`line ${line}, column ${drawing.firstColumn + column + 1}: ${problem}`)
}
