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
})
export type TrainedLevels = z.infer<typeof trainedLevels>
