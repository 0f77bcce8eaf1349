import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCells, drawWalls } from '../grid/draw-level.ts'
import { cellAt } from '../grid/grid.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { drawPerlinNoise } from './perlin-noise.ts'

type Ground = Pick<LavaParameters, 'size' | 'wallProbability' | 'lavaScale'> & {
  /** Lava lies where the noise is below it. */
  readonly threshold: number
}

type LevelLaw = (ground: Ground, random: Rng) => LavaLevel

/** As jaxgmg draws them: cheese and mouse on any two free cells, and lava around them. */
const drawLavaLast: LevelLaw = (ground, random) => {
  const { size, wallProbability } = ground
  const walls = drawWalls(size, wallProbability, random)
  const [cheese, mouse] = drawFreeCells(walls, size, random, 2)
  // In jaxgmg the noise lies within ±1, and its lattice begins at the corner of the border.
  const lava = drawLava({ ...ground, walls, amplitude: Math.SQRT2, offset: 1 }, random)
  return { size, walls, mouse, cheese, lava: lava.filter((cell) => cell !== cheese && cell !== mouse) }
}

/** As in version 1 of this world: lava first, cheese and mouse off it, and noise at the centres of cells. */
const drawLavaFirst: LevelLaw = (ground, random) => {
  const { size, wallProbability } = ground
  const walls = drawWalls(size, wallProbability, random)
  const lava = drawLava({ ...ground, walls, amplitude: 1, offset: 0.5 }, random)
  const closed = lava.length === 0 ? walls : walls.slice()
  for (const cell of lava) closed[cell] = 1
  const [cheese, mouse] = drawFreeCells(closed, size, random, 2)
  // If nothing was free, they replaced a wall or lava.
  walls[cheese] = 0
  walls[mouse] = 0
  return { size, walls, mouse, cheese, lava: lava.filter((cell) => cell !== cheese && cell !== mouse) }
}

type Flood = Ground & {
  readonly walls: Uint8Array
  /** Factor for the noise, which lies within ±√½. */
  readonly amplitude: number
  readonly offset: number
}

/** Cells without a wall where the noise is below the threshold, ascending. At −1 nothing is drawn. */
function drawLava({ size, lavaScale: scale, threshold, walls, amplitude, offset }: Flood, random: Rng): number[] {
  if (threshold <= -1) return []
  const noise = drawPerlinNoise({ size, scale, offset }, random)
  const cells: number[] = []
  for (let index = 0; index < noise.length; index++) {
    const cell = cellAt(size, 1 + Math.floor(index / size), 1 + (index % size))
    if (amplitude * noise[index] < threshold && walls[cell] === 0) cells.push(cell)
  }
  return cells
}

/** Experiments accepted before this option existed name no law: there was only `lava-first`. */
const lawOf = ({ levelLaw }: LavaParameters): LevelLaw => (levelLaw === 'jaxgmg' ? drawLavaLast : drawLavaFirst)

const safe: LevelDistribution<LavaParameters, LavaLevel> = {
  name: 'safe',
  description: 'No lava (with another lavaThreshold: lava where the noise is below it)',
  agrees: true,
  sample: (parameters, random) => lawOf(parameters)({ ...parameters, threshold: parameters.lavaThreshold }, random),
}

const lava: LevelDistribution<LavaParameters, LavaLevel> = {
  name: 'lava',
  description: 'Lakes of lava, where the noise is below shiftedLavaThreshold',
  agrees: false,
  sample: (parameters, random) =>
    lawOf(parameters)({ ...parameters, threshold: parameters.shiftedLavaThreshold }, random),
}

export const lavaDistributions = [safe, lava] as const
