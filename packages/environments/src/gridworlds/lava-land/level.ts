import type { LevelFormat } from '../grid/level-format.ts'
import type { CheeseLevel } from '../grid/maze-rules.ts'

export type LavaLevel = CheeseLevel & {
  /** Cells of lava, ascending; neither mouse nor cheese lies on one. */
  readonly lava: readonly number[]
}

export const lavaFormat: LevelFormat<LavaLevel> = {
  items: ['mouse', 'cheese', 'lava'],
  many: ['lava'],
  symbols: { '@': ['mouse'], c: ['cheese'], '~': ['lava'] },
  cellsOf: ({ mouse, cheese, lava }) => [mouse, cheese, lava],
  levelOf: ({ size, walls }, [[mouse], [cheese], lava]) => ({ size, walls, mouse, cheese, lava }),
}
