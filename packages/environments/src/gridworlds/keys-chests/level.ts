import type { KeysLevel } from '../keys/level.ts'
import { keysFormat, keysLevelOf } from '../keys/level.ts'
import type { LevelFormat } from '../grid/level-format.ts'

export type KeysChestsLevel = KeysLevel & {
  /** Cells of the hidden chests, ascending; none is another thing's. */
  readonly hidden: readonly number[]
}

/** More would not fit into the saved state. */
const most = 12

export const keysChestsFormat: LevelFormat<KeysChestsLevel> = {
  items: [...keysFormat.items, 'hidden'],
  many: ['key', 'chest', 'hidden'],
  symbols: { ...keysFormat.symbols, h: ['hidden'] },
  cellsOf: (level) => [...keysFormat.cellsOf(level), level.hidden],
  levelOf(grid, [mouse, keys, chests, hidden]) {
    if (hidden.length > most) throw new RangeError(`more than ${most} hidden chests`)
    return { ...keysLevelOf(grid, [mouse, keys, chests]), hidden }
  },
}
