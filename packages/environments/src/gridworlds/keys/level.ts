import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'

export type KeysLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
  /** Cells of the keys, ascending; none is a chest's or the mouse's. */
  readonly keys: readonly number[]
  readonly chests: readonly number[]
}

/** More of either would not fit into the bit masks of the saved state and of the solver. */
const most = 12
/** As many as generators draw. The solver's table doubles with each: for 24 it would take 3.3 GB. */
const mostThings = 17

export const keysFormat: LevelFormat<KeysLevel> = {
  items: ['mouse', 'key', 'chest'],
  many: ['key', 'chest'],
  symbols: { '@': ['mouse'], k: ['key'], c: ['chest'] },
  cellsOf: ({ mouse, keys, chests }) => [mouse, keys, chests],
  levelOf(grid, placed) {
    const level = keysLevelOf(grid, placed)
    const things = level.keys.length + level.chests.length
    if (things > mostThings)
      throw new RangeError(`${things} keys and chests are too many to plan: leave at most ${mostThings} in all`)
    return level
  },
}

/** Throws a RangeError for more keys or chests than any simulator can hold. */
export function keysLevelOf(
  { size, walls }: GridLevel,
  [[mouse], keys, chests]: readonly (readonly number[])[],
): KeysLevel {
  if (Math.max(keys.length, chests.length) > most) throw new RangeError(`more than ${most} keys or chests`)
  if (keys.length > size + 2) throw new RangeError(`${keys.length} keys do not fit into the top row`)
  return { size, walls, mouse, keys, chests }
}

/** How many chests can be opened: the episode ends at the last one. */
export const openable = ({ keys, chests }: KeysLevel): number => Math.min(keys.length, chests.length)
