import { jsonObject } from '@goalpost/contracts'
import { z } from 'zod'

/** The levels that a training draws. */
export const trainedLevels = z.strictObject({
  environment: z.string(),
  parameters: jsonObject,
  alpha: z.number(),
  levels: z.union([z.literal('fresh'), z.int()]),
})
export type TrainedLevels = z.infer<typeof trainedLevels>
