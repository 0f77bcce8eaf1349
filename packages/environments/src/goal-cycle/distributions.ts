import type { LevelDistribution } from '../environment.ts'
import { drawFreeCells, drawWalls } from '../gridworld/draw-level.ts'
import { borderedGrid } from '../gridworld/grid.ts'
import { drawPermutation } from '../gridworld/permutations.ts'
import type { CycleLevel } from './level.ts'
import type { CycleParameters } from './parameters.ts'

const arena: LevelDistribution<CycleParameters, CycleLevel> = {
  name: 'arena',
  description: 'Mouse, leader and spheres in different cells, and the order of the colours, uniformly drawn',
  agrees: true,
  sample({ size, wallProbability, spheres: count }, random) {
    const walls = wallProbability === 0 ? borderedGrid(size) : drawWalls(size, wallProbability, random)
    const [mouse, leader, ...spheres] = drawFreeCells(walls, size, random, 2 + count)
    return { size, walls, mouse, leader, spheres, cycle: drawPermutation(count, random) }
  },
}

export const cycleDistributions = [arena] as const
