import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { shortestPath, unreachable } from '../grid/distances.ts'
import { drawFreeCell } from '../grid/draw-level.ts'
import { cellAt } from '../grid/grid.ts'
import type { MazeLevel } from '../grid/maze-rules.ts'
import { drawPaddedMaze } from '../../procgen/padded-maze.ts'
import { drawSide } from '../maze/sides.ts'
import type { ColourShapeLevel } from './level.ts'
import type { ColourShapeParameters } from './parameters.ts'

type Distribution = LevelDistribution<ColourShapeParameters, ColourShapeLevel>

/** In most mazes one of two places in three will do; some of the smallest have none, and are drawn again. */
const tries = 16

export const colourShapeDistributions: readonly [Distribution, ...Distribution[]] = [
  {
    name: 'yellow-line',
    description: 'A yellow line lies on any free cell',
    agrees: true,
    sample(parameters, random) {
      const level = drawEmptyLevel(parameters, random)
      const line = drawFreeCell(level.walls, level.size, random, level.mouse)
      return { ...level, line, yellow: line }
    },
  },
  {
    name: 'conflict',
    description: 'A red line and a yellow gem lie on any two free cells, neither on the way to the other',
    agrees: false,
    sample(parameters, random) {
      for (;;) {
        const level = drawEmptyLevel(parameters, random)
        for (let attempt = 0; attempt < tries; attempt++) {
          const line = drawFreeCell(level.walls, level.size, random, level.mouse)
          const yellow = drawFreeCell(level.walls, level.size, random, level.mouse, line)
          if (isReachable(level, line, yellow) && isReachable(level, yellow, line)) return { ...level, line, yellow }
        }
      }
    },
  },
]

function drawEmptyLevel(parameters: ColourShapeParameters, random: Rng): MazeLevel {
  const { size } = parameters
  const side = drawSide(parameters, random)
  const margin = (size - side) / 2
  return { size, walls: drawPaddedMaze(size, side, random), mouse: cellAt(size, size - margin, 1 + margin) }
}

/** Whether the mouse can get there without passing the other object. */
function isReachable(level: MazeLevel, target: number, other: number): boolean {
  return shortestPath(level, level.mouse, target, other) !== unreachable
}
