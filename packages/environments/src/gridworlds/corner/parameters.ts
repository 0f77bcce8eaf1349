import { z } from 'zod'
import { gridParameters, timePenalty } from '../grid/parameters.ts'

export const cornerParameters = z
  .strictObject({
    ...gridParameters,
    ending: z
      .enum(['cheese', 'both'])
      .default('cheese')
      .describe('Whether an episode ends at the cheese, or once both cheese and corner were visited'),
    cornerSize: z
      .int()
      .min(1)
      .max(64)
      .default(1)
      .describe('k: the non-distinguishing levels have their cheese in the k × k cells at the top left'),
    cornerCells: z
      .enum(['any', 'free'])
      .optional()
      .describe(
        'Where in that region: on any cell, a wall there removed (where left out), or, as in jaxgmg, on a free one if there is one',
      ),
    timePenalty,
  })
  .refine(({ cornerSize, size }) => cornerSize <= size, {
    path: ['cornerSize'],
    message: 'the corner region must fit into the grid: cornerSize may not exceed size',
  })
export type CornerParameters = z.infer<typeof cornerParameters>
