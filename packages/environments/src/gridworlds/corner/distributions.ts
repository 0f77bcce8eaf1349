import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCell, drawWalls } from '../grid/draw-level.ts'
import { cellAt } from '../grid/grid.ts'
import type { CornerLevel } from './level.ts'
import type { CornerParameters } from './parameters.ts'

const nonDistinguishing: LevelDistribution<CornerParameters, CornerLevel> = {
  name: 'non-distinguishing',
  description: 'The cheese lies in the top-left corner (with cornerSize k: anywhere in the k × k cells there)',
  agrees: true,
  sample({ size, wallProbability, cornerSize, cornerCells }, random) {
    const walls = drawWalls(size, wallProbability, random)
    const region = { size, cornerSize }
    const cheese = cornerCells === 'free' ? drawFreeCornerCell(walls, region, random) : drawCornerCell(region, random)
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

type Region = { readonly size: number; readonly cornerSize: number }

export function drawCornerCell({ size, cornerSize }: Region, random: Rng): number {
  const index = cornerSize === 1 ? 0 : random.integer(cornerSize * cornerSize)
  return cellAt(size, 1 + Math.floor(index / cornerSize), 1 + (index % cornerSize))
}

/** Uniformly drawn from the region's free cells; if there are none, from all of them. */
function drawFreeCornerCell(walls: Uint8Array, { size, cornerSize }: Region, random: Rng): number {
  const cells = Array.from({ length: cornerSize * cornerSize }, (_, index) =>
    cellAt(size, 1 + Math.floor(index / cornerSize), 1 + (index % cornerSize)),
  )
  const free = cells.filter((cell) => walls[cell] === 0)
  const choices = free.length > 0 ? free : cells
  return choices[random.integer(choices.length)]
}

export const cornerDistributions = [nonDistinguishing, distinguishing] as const
