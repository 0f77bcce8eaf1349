import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'

/** The interior has no walls. */
export type TreeLevel = GridLevel & {
  /** Cell where the agent starts. */
  readonly agent: number
  /** Cells, ascending; none is the agent's. */
  readonly trees: readonly number[]
}

export const treeFormat: LevelFormat<TreeLevel> = {
  items: ['agent', 'tree'],
  many: ['tree'],
  symbols: { '@': ['agent'], t: ['tree'] },
  cellsOf: ({ agent, trees }) => [agent, trees],
  levelOf({ size, walls }, [[agent], trees]) {
    if (walls.reduce((sum, wall) => sum + wall, 0) > 4 * (size + 1)) throw new RangeError('there are no walls inside')
    return { size, walls, agent, trees }
  },
}
