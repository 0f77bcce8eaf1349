import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCells } from '../grid/draw-level.ts'
import { borderedGrid } from '../grid/grid.ts'
import type { TreeLevel } from './level.ts'
import type { TreeParameters } from './parameters.ts'

function drawLevel(size: number, trees: number, random: Rng): TreeLevel {
  const walls = borderedGrid(size)
  const [agent, ...cells] = drawFreeCells(walls, size, random, 1 + trees)
  return { size, walls, agent, trees: cells.sort((a, b) => a - b) }
}

const forest: LevelDistribution<TreeParameters, TreeLevel> = {
  name: 'forest',
  description: 'The trees of the start: while they last, chopping as fast as possible is right',
  agrees: true,
  sample: ({ size, startTrees }, random) => drawLevel(size, startTrees, random),
}

const thinned: LevelDistribution<TreeParameters, TreeLevel> = {
  name: 'thinned',
  description: 'From one tree to n_max of them, all numbers alike: chopping as fast as possible ends it',
  agrees: false,
  sample: ({ size, maxTrees }, random) => drawLevel(size, 1 + random.integer(maxTrees), random),
}

export const treeDistributions = [forest, thinned] as const
