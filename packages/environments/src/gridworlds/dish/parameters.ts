import { z } from 'zod'
import { gridParameters, timePenalty } from '../grid/parameters.ts'

export const dishParameters = z.strictObject({
  ...gridParameters,
  dishes: z
    .int()
    .min(1)
    .max(64)
    .default(6)
    .describe('D: how many channels of the observation show the dish; more make it the easier thing to see'),
  ending: z
    .enum(['either', 'both'])
    .optional()
    .describe(
      'Whether an episode ends at the cheese or the dish, whichever comes first (where left out), or once both were visited',
    ),
  timePenalty,
})
export type DishParameters = z.infer<typeof dishParameters>
