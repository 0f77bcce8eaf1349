import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawCellBeside } from '../grid/cell-beside.ts'
import { fillDistances, unreachable } from '../grid/distances.ts'
import { drawFreeCells, drawWalls } from '../grid/draw-level.ts'
import { borderedGrid } from '../grid/grid.ts'
import { drawPermutation } from '../grid/permutations.ts'
import type { CycleLevel } from './level.ts'
import type { CycleParameters } from './parameters.ts'

const arena: LevelDistribution<CycleParameters, CycleLevel> = {
  name: 'arena',
  description: 'Mouse, leader and spheres in different cells, and the order of the colours, uniformly drawn',
  agrees: true,
  sample({ size, wallProbability, spheres: count, start }, random) {
    const walls = wallProbability === 0 ? borderedGrid(size) : drawWalls(size, wallProbability, random)
    const [mouse, leader, ...spheres] = drawFreeCells(walls, size, random, 2 + count)
    const level = { size, walls, mouse, leader, spheres, cycle: drawPermutation(count, random) }
    return start === 'together' ? setOutTogether(level, random) : level
  },
}

/**
 * The same level, but the mouse starts in a free cell beside the leader, if there is one, and the cycle, otherwise
 * unchanged, starts at the sphere nearest to the leader (of equally near ones, the first in the cycle).
 */
function setOutTogether(level: CycleLevel, random: Rng): CycleLevel {
  const { walls, leader, spheres, cycle } = level
  const mouse = drawCellBeside(level, { cell: leader, taken: spheres }, random) ?? level.mouse
  const distances = new Int16Array(walls.length)
  fillDistances(level, leader, -1, distances)
  const far = (sphere: number) => (distances[spheres[sphere]] === unreachable ? Infinity : distances[spheres[sphere]])
  const first = cycle.reduce((nearest, sphere, i) => (far(sphere) < far(cycle[nearest]) ? i : nearest), 0)
  return { ...level, mouse, cycle: [...cycle.slice(first), ...cycle.slice(0, first)] }
}

export const cycleDistributions = [arena] as const
