import { sideOf, type GridLevel } from './grid.ts'
import { floorSymbol, symbolOf, wallSymbol, type LevelFormat } from './level-format.ts'

/** A drawing of the level, border included, one line per row and one symbol per cell. */
export function printGrid<Level extends GridLevel>(format: LevelFormat<Level>, level: Level): string {
  const side = sideOf(level.size)
  const symbols: string[] = Array.from(level.walls, (wall) => (wall === 1 ? wallSymbol : floorSymbol))
  const cells = format.cellsOf(level)
  for (const cell of cells)
    symbols[cell] = symbolFor(
      format,
      format.items.filter((_, i) => cells[i] === cell),
    )
  return Array.from({ length: side }, (_, row) => symbols.slice(row * side, (row + 1) * side).join('')).join('\n')
}

function symbolFor(format: Pick<LevelFormat<GridLevel>, 'symbols'>, present: readonly string[]): string {
  const symbol = symbolOf(format, present)
  if (symbol === undefined) throw new RangeError(`no symbol stands for ${present.join(' and ')} in one cell`)
  return symbol
}
