import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

const probability = z.number().min(0).max(1)

export const treeParameters = z
  .strictObject({
    size: gridParameters.size.default(10),
    maxTrees: z.int().min(1).max(100).default(10).describe('n_max: no tree appears while so many stand'),
    startTrees: z.int().min(0).max(100).default(10).describe('Trees that stand at the start'),
    leastSpawn: probability.default(1e-6).describe('r_min: probability of a new tree, per step, where none stands'),
    mostSpawn: probability.default(0.3).describe('r_max: the same where n_max trees would stand'),
    maxSteps: z
      .union([gridParameters.maxSteps, z.null()])
      .default(null)
      .describe('Steps after which an episode is truncated; null: never, the world is not reset'),
    discount: gridParameters.discount,
  })
  .refine(({ size, maxTrees, startTrees }) => Math.max(maxTrees, startTrees) < size * size, {
    path: ['size'],
    message: 'the agent and the trees need a cell each',
  })
export type TreeParameters = z.infer<typeof treeParameters>
