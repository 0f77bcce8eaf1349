import type { Generator } from '@goalpost/random'
import type { LevelDistribution } from '../environment.ts'
import { drawFreeCells, drawWalls } from '../gridworld/draw-level.ts'
import { cellAt } from '../gridworld/grid.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { drawPerlinNoise } from './perlin-noise.ts'

function drawLevel(parameters: LavaParameters, threshold: number, random: Generator): LavaLevel {
  const { size, wallProbability, lavaScale } = parameters
  const walls = drawWalls(size, wallProbability, random)
  const lava = threshold <= -1 ? [] : drawLava({ size, walls, threshold, lavaScale }, random)
  const closed = lava.length === 0 ? walls : walls.slice()
  for (const cell of lava) closed[cell] = 1
  const [cheese, mouse] = drawFreeCells(closed, size, random, 2)
  // Where nothing was free they took the place of a wall or of lava.
  walls[cheese] = 0
  walls[mouse] = 0
  return { size, walls, mouse, cheese, lava: lava.filter((cell) => cell !== cheese && cell !== mouse) }
}

type Ground = {
  readonly size: number
  readonly walls: Uint8Array
  readonly threshold: number
  readonly lavaScale: number
}

/** Wherever there is no wall and the noise is below the threshold; ascending. */
function drawLava({ size, walls, threshold, lavaScale }: Ground, random: Generator): number[] {
  const noise = drawPerlinNoise(size, lavaScale, random)
  const cells: number[] = []
  for (let index = 0; index < noise.length; index++) {
    const cell = cellAt(size, 1 + Math.floor(index / size), 1 + (index % size))
    if (noise[index] < threshold && walls[cell] === 0) cells.push(cell)
  }
  return cells
}

const safe: LevelDistribution<LavaParameters, LavaLevel> = {
  name: 'safe',
  description: 'No lava (with another lavaThreshold: lava where the noise is below it)',
  agrees: true,
  sample: (parameters, random) => drawLevel(parameters, parameters.lavaThreshold, random),
}

const lava: LevelDistribution<LavaParameters, LavaLevel> = {
  name: 'lava',
  description: 'Lakes of lava, where the noise is below shiftedLavaThreshold',
  agrees: false,
  sample: (parameters, random) => drawLevel(parameters, parameters.shiftedLavaThreshold, random),
}

export const lavaDistributions = [safe, lava] as const
