import { jsonObject } from '@goalpost/contracts'
import { z } from 'zod'

/** The full world of one suite: equal worlds have equal hashes in all conditions. */
export const worldInputs = z.strictObject({
  name: z.string(),
  environment: z.string(),
  parameters: jsonObject,
  /** Share of levels from the environment's second distribution, or the name of the only one. */
  levelsFrom: z.union([z.strictObject({ alpha: z.number() }), z.strictObject({ distribution: z.string() })]),
  levels: z.int(),
  /** For a secret suite: the hash of the salt, and the number of its levels, of which curves play the first ones. */
  seed: z.union([z.number(), z.strictObject({ secret: z.string(), levels: z.int() })]),
  /** Hidden channels. */
  observation: z
    .union([z.literal('flip-vertical'), z.strictObject({ hide: z.array(z.string()).readonly() })])
    .optional(),
})
export type SuiteWorld = Readonly<z.infer<typeof worldInputs>>
