import type { LevelFormat } from '../grid/level-format.ts'
import type { CheeseLevel } from '../grid/maze-rules.ts'

export type CornerLevel = CheeseLevel

export const cornerFormat: LevelFormat<CornerLevel> = {
  items: ['mouse', 'cheese'],
  symbols: { '@': ['mouse'], c: ['cheese'] },
  cellsOf: ({ mouse, cheese }) => [mouse, cheese],
  levelOf: ({ size, walls }, [[mouse], [cheese]]) => ({ size, walls, mouse, cheese }),
}
