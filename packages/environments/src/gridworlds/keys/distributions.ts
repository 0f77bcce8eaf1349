import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawFreeCells, drawWalls, sortCells } from '../grid/draw-level.ts'
import type { KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'

type Counts = { readonly keys: number; readonly chests: number }

function drawLevel({ size, wallProbability }: KeysParameters, { keys, chests }: Counts, random: Rng): KeysLevel {
  const walls = drawWalls(size, wallProbability, random)
  const [mouse, ...items] = drawFreeCells(walls, size, random, 1 + keys + chests)
  return { size, walls, mouse, keys: sortCells(items.slice(0, keys)), chests: sortCells(items.slice(keys)) }
}

const manyChests: LevelDistribution<KeysParameters, KeysLevel> = {
  name: 'many-chests',
  description: 'Few keys and many chests: every key opens one, and collecting all of them is right',
  agrees: true,
  sample: (parameters, random) => drawLevel(parameters, { keys: parameters.few, chests: parameters.many }, random),
}

const manyKeys: LevelDistribution<KeysParameters, KeysLevel> = {
  name: 'many-keys',
  description: 'Many keys and few chests: more keys than chests are of no use',
  agrees: false,
  sample: (parameters, random) => drawLevel(parameters, { keys: parameters.many, chests: parameters.few }, random),
}

export const keysDistributions = [manyChests, manyKeys] as const
