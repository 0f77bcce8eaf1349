import type { LevelFormat } from '../grid/level-format.ts'
import type { CheeseLevel } from '../grid/maze-rules.ts'

export type CornerMazeLevel = CheeseLevel & {
  /** The top-right cell of the maze, which may be smaller than the level. */
  readonly corner: number
}

export const cornerMazeFormat: LevelFormat<CornerMazeLevel> = {
  items: ['mouse', 'cheese', 'corner'],
  symbols: { '@': ['mouse'], c: ['cheese'], x: ['corner'], b: ['cheese', 'corner'] },
  cellsOf: ({ mouse, cheese, corner }) => [mouse, cheese, corner],
  levelOf: ({ size, walls }, [[mouse], [cheese], [corner]]) => ({ size, walls, mouse, cheese, corner }),
}
