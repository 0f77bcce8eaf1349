import type { Generator } from '@goalpost/random'
import type { LevelDistribution } from '../environment.ts'
import { drawFreeCell, drawWalls } from '../gridworld/draw-level.ts'
import { cellAt } from '../gridworld/grid.ts'
import type { CornerLevel } from './level.ts'
import type { CornerParameters } from './parameters.ts'

const nonDistinguishing: LevelDistribution<CornerParameters, CornerLevel> = {
  name: 'non-distinguishing',
  description: 'The cheese lies in the top-left corner (with cornerSize k: anywhere in the k × k cells there)',
  agrees: true,
  sample({ size, wallProbability, cornerSize }, random) {
    const walls = drawWalls(size, wallProbability, random)
    const cheese = drawCornerCell(size, cornerSize, random)
    walls[cheese] = 0
    return { size, walls, mouse: drawFreeCell(walls, size, random, cheese), cheese }
  },
}

const distinguishing: LevelDistribution<CornerParameters, CornerLevel> = {
  name: 'distinguishing',
  description: 'The cheese lies in any free cell, and the corner is worth nothing',
  agrees: false,
  sample({ size, wallProbability }, random) {
    const walls = drawWalls(size, wallProbability, random)
    const cheese = drawFreeCell(walls, size, random)
    return { size, walls, mouse: drawFreeCell(walls, size, random, cheese), cheese }
  },
}

function drawCornerCell(size: number, cornerSize: number, random: Generator): number {
  const index = cornerSize === 1 ? 0 : random.integer(cornerSize * cornerSize)
  return cellAt(size, 1 + Math.floor(index / cornerSize), 1 + (index % cornerSize))
}

export const cornerDistributions = [nonDistinguishing, distinguishing] as const
