import { sideOf, type GridLevel } from './grid.ts'
import { companies, floorSymbol, placesOf, symbolOf, wallSymbol, type LevelFormat } from './level-format.ts'

/** A drawing of the level, border included, one line per row and one symbol per cell; then one line per note. */
export function printGrid<Level extends GridLevel>(format: LevelFormat<Level>, level: Level): string {
  const side = sideOf(level.size)
  const symbols: string[] = Array.from(level.walls, (wall) => (wall === 1 ? wallSymbol : floorSymbol))
  for (const [cell, present] of companies(format, placesOf(format, level))) symbols[cell] = symbolFor(format, present)
  const rows = Array.from({ length: side }, (_, row) => symbols.slice(row * side, (row + 1) * side).join(''))
  const notes = format.notesOf?.(level) ?? []
  return [...rows, ...notes.map((values, i) => `${format.notes?.[i]}: ${values.join(' ')}`)].join('\n')
}

function symbolFor(format: Pick<LevelFormat<GridLevel>, 'symbols'>, present: readonly string[]): string {
  const symbol = symbolOf(format, present)
  if (symbol === undefined) throw new RangeError(`no symbol stands for ${present.join(' and ')} in one cell`)
  return symbol
}
