import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCell, drawWalls } from '../grid/draw-level.ts'
import type { DishLevel } from './level.ts'
import type { DishParameters } from './parameters.ts'

const nonDistinguishing: LevelDistribution<DishParameters, DishLevel> = {
  name: 'non-distinguishing',
  description: 'The cheese lies on the dish: both in one free cell',
  agrees: true,
  sample({ size, wallProbability }, random) {
    const walls = drawWalls(size, wallProbability, random)
    const cheese = drawFreeCell(walls, size, random)
    return { size, walls, mouse: drawFreeCell(walls, size, random, cheese), cheese, dish: cheese }
  },
}

const distinguishing: LevelDistribution<DishParameters, DishLevel> = {
  name: 'distinguishing',
  description:
    'Cheese and dish each lie in a free cell of their own drawing; one time in as many as there are, the same',
  agrees: false,
  sample({ size, wallProbability }, random) {
    const walls = drawWalls(size, wallProbability, random)
    const cheese = drawFreeCell(walls, size, random)
    const dish = drawFreeCell(walls, size, random)
    return { size, walls, mouse: drawFreeCell(walls, size, random, cheese, dish), cheese, dish }
  },
}

export const dishDistributions = [nonDistinguishing, distinguishing] as const
