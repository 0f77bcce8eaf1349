import { jsonObject } from '@goalpost/contracts'
import { z } from 'zod'

/** The levels that a training draws. */
export const trainedLevels = z.strictObject({
  environment: z.string(),
  parameters: jsonObject,
  alpha: z.number(),
  /** The α of level i is that of group i mod the number of groups. Absent: `alpha`. */
  groups: z.array(z.number()).readonly().optional(),
  levels: z.union([z.literal('fresh'), z.int()]),
  /** The goal module's levels of `modular`, which are then the only ones that can be drawn again; absent for other methods. */
  goalModule: z.strictObject({ alpha: z.number(), count: z.int() }).optional(),
})
export type TrainedLevels = z.infer<typeof trainedLevels>
