import { z } from 'zod'
import { gridParameters } from '../gridworld/parameters.ts'

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
  })
  .refine(({ cornerSize, size }) => cornerSize <= size, {
    path: ['cornerSize'],
    message: 'the corner region must fit into the grid: cornerSize may not exceed size',
  })
export type CornerParameters = z.infer<typeof cornerParameters>
