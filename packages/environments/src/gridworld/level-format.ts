import type { GridLevel } from './grid.ts'

/** How levels of one environment are written down: which things they hold, and the symbols of a drawing. */
export type LevelFormat<Level extends GridLevel> = {
  /** What a level holds besides walls, in the order of `cellsOf`, e.g. mouse, cheese. */
  readonly items: readonly string[]
  /** The things that a symbol stands for, e.g. `b` for cheese and dish in one cell. `#` and `.` are wall and floor. */
  readonly symbols: Readonly<Record<string, readonly string[]>>
  cellsOf(level: Level): readonly number[]
  levelOf(grid: GridLevel, cells: readonly number[]): Level
}

export const wallSymbol = '#'
export const floorSymbol = '.'

/** The symbol for these things in one cell, in the order of `items`; undefined where they cannot share one. */
export function symbolOf(
  format: Pick<LevelFormat<GridLevel>, 'symbols'>,
  present: readonly string[],
): string | undefined {
  return Object.keys(format.symbols).find((symbol) => format.symbols[symbol].join() === present.join())
}
