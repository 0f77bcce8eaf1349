import { z } from 'zod'
import { gridParameters } from '../grid/parameters.ts'

export const cycleParameters = z
  .strictObject({
    ...gridParameters,
    size: gridParameters.size.default(9),
    wallProbability: gridParameters.wallProbability
      .default(0)
      .describe('Probability that a cell is a wall, independently; 0: an arena'),
    discount: gridParameters.discount.describe('γ: a right visit at step t is worth γ^(t − 1)'),
    spheres: z.int().min(3).max(6).default(4).describe('Spheres to be visited, each of a colour of its own'),
    penalty: z.number().min(0).max(10).default(1).describe('What a wrong visit costs; a right one earns 1'),
    afterMistake: z
      .enum(['goes-on', 'waits'])
      .default('goes-on')
      .describe('Whether the order continues from a wrong visit, or waits for the sphere after the last right one'),
    start: z
      .enum(['anywhere', 'together'])
      .default('anywhere')
      .describe('together: the mouse beside the leader, which begins with the sphere that is nearest to it'),
    agents: z
      .strictObject({
        leader: z
          .enum(['expert', 'anti-expert', 'absent'])
          .default('expert')
          .describe('Goes round in the right order, in its reverse, or not at all'),
      })
      .prefault({}),
  })
  .refine(({ size, spheres }) => 2 + spheres <= size * size, {
    path: ['size'],
    message: 'the mouse, the leader and the spheres need a cell each',
  })
export type CycleParameters = z.infer<typeof cycleParameters>
