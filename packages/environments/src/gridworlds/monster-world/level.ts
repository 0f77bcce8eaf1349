import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'
import { maxPerKind } from './parameters.ts'

export type MonsterLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
  /** Cells, ascending; no two things share one. */
  readonly apples: readonly number[]
  readonly shields: readonly number[]
  readonly monsters: readonly number[]
}

export const monsterFormat: LevelFormat<MonsterLevel> = {
  items: ['mouse', 'apple', 'shield', 'monster'],
  many: ['apple', 'shield', 'monster'],
  symbols: { '@': ['mouse'], a: ['apple'], s: ['shield'], m: ['monster'] },
  cellsOf: ({ mouse, apples, shields, monsters }) => [mouse, apples, shields, monsters],
  levelOf({ size, walls }, [[mouse], apples, shields, monsters]) {
    if (Math.max(apples.length, shields.length, monsters.length) > maxPerKind)
      throw new RangeError(`more than ${maxPerKind} apples, shields or monsters`)
    return { size, walls, mouse, apples, shields, monsters }
  },
}
