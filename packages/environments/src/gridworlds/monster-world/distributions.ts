import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCells, drawWalls, sortCells } from '../grid/draw-level.ts'
import { arenaWalls } from './arena.ts'
import type { MonsterLevel } from './level.ts'
import type { MonsterParameters } from './parameters.ts'

const arena: LevelDistribution<MonsterParameters, MonsterLevel> = {
  name: 'arena',
  description: 'Mouse, apples, shields and monsters in different cells, uniformly drawn',
  agrees: true,
  sample({ size, wallProbability, apples, shields, monsters }, random) {
    const walls = wallProbability === 0 ? arenaWalls(size) : drawWalls(size, wallProbability, random)
    const cells = drawFreeCells(walls, size, random, 1 + apples + shields + monsters)
    const take = (from: number, count: number) => sortCells(cells.slice(from, from + count))
    return {
      size,
      walls,
      mouse: cells[0],
      apples: take(1, apples),
      shields: take(1 + apples, shields),
      monsters: take(1 + apples + shields, monsters),
    }
  },
}

export const monsterDistributions = [arena] as const
