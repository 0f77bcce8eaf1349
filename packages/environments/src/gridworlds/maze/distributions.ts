import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { cellAt, sideOf } from '../grid/grid.ts'
import { drawPaddedMaze } from '../../procgen/padded-maze.ts'
import type { CornerMazeLevel } from './level.ts'
import type { MazeParameters } from './parameters.ts'
import { drawSide } from './sides.ts'

type Distribution = LevelDistribution<MazeParameters, CornerMazeLevel>

/** Both draw the same mazes from the same random numbers: level i of one is level i of the other, cheese aside. */
export const mazeDistributions: readonly [Distribution, ...Distribution[]] = [
  {
    name: 'corner',
    description: 'The cheese lies in the top-right corner (with cornerSize k: on a free cell of the k × k cells there)',
    agrees: true,
    sample: (parameters, random) => drawLevel(parameters, parameters.cornerSize, random),
  },
  {
    name: 'anywhere',
    description: 'The cheese lies on any free cell',
    agrees: false,
    sample: (parameters, random) => drawLevel(parameters, parameters.size, random),
  },
]

function drawLevel(parameters: MazeParameters, region: number, random: Rng): CornerMazeLevel {
  const { size } = parameters
  const side = drawSide(parameters, random)
  const walls = drawPaddedMaze(size, side, random)
  const margin = (size - side) / 2
  const mouse = cellAt(size, size - margin, 1 + margin)
  const corner = cellAt(size, 1 + margin, size - margin)
  const cheese = region === 1 ? corner : drawCheese({ size, walls, mouse, corner }, Math.min(region, side), random)
  return { size, walls, mouse, cheese, corner }
}

/** Uniformly from the free cells of the region at the top right, the mouse's excluded. The corner is one of them. */
function drawCheese(
  { size, walls, mouse, corner }: Omit<CornerMazeLevel, 'cheese'>,
  region: number,
  random: Rng,
): number {
  for (;;) {
    const index = random.integer(region * region)
    const row = Math.floor(index / region)
    const cell = corner + row * sideOf(size) - (index - row * region)
    if (walls[cell] === 0 && cell !== mouse) return cell
  }
}
