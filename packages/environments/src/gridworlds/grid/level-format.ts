import type { GridLevel } from './grid.ts'

/** The format of one environment's levels: the things they hold, and the symbols of a drawing. */
export type LevelFormat<Level extends GridLevel> = {
  /** The contents of a level besides walls, in the order of `cellsOf`, e.g. mouse, cheese. */
  readonly items: readonly string[]
  /** Items of which a level holds any number, in ascending order of cells, e.g. key. */
  readonly many?: readonly string[]
  /** The things that a symbol stands for, e.g. `b` for cheese and dish in one cell. `#` and `.` are wall and floor. */
  readonly symbols: Readonly<Record<string, readonly string[]>>
  /** Names of lists of integers that no cell can show, such as the order of a tour; below a drawing, `name: 2 0 1`. */
  readonly notes?: readonly string[]
  /** By item: the cell, or the cells of an item of many. */
  cellsOf(level: Level): readonly (number | readonly number[])[]
  /** By note. */
  notesOf?(level: Level): readonly (readonly number[])[]
  /** Throws a RangeError if the notes do not fit. `placed` holds one array of cells for each item. */
  levelOf(grid: GridLevel, placed: readonly (readonly number[])[], notes: readonly (readonly number[])[]): Level
}

export const wallSymbol = '#'
export const floorSymbol = '.'

/** The cells of each item, of one cell or of many. */
export function placesOf<Level extends GridLevel>(format: LevelFormat<Level>, level: Level): (readonly number[])[] {
  return format.cellsOf(level).map((cells) => (typeof cells === 'number' ? [cells] : cells))
}

/** The contents of each non-empty cell, in the order of `items`. */
export function companies(
  { items }: Pick<LevelFormat<never>, 'items'>,
  placed: readonly (readonly number[])[],
): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const [i, cells] of placed.entries())
    for (const cell of cells) found.set(cell, [...(found.get(cell) ?? []), items[i]])
  return found
}

/** The symbol for these things in one cell, in the order of `items`; undefined if they cannot share one. */
export function symbolOf(
  format: Pick<LevelFormat<GridLevel>, 'symbols'>,
  present: readonly string[],
): string | undefined {
  return Object.keys(format.symbols).find((symbol) => format.symbols[symbol].join() === present.join())
}
