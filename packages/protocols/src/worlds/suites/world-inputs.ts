import { jsonObject } from '@goalpost/contracts'
import { z } from 'zod'

/** The world of one suite, in full: equal worlds have equal hashes, whichever condition they belong to. */
export const worldInputs = z.strictObject({
  name: z.string(),
  environment: z.string(),
  parameters: jsonObject,
  /** Share of levels from the environment's second distribution, or the name of the only one. */
  levelsFrom: z.union([z.strictObject({ alpha: z.number() }), z.strictObject({ distribution: z.string() })]),
  levels: z.int(),
  /** Of a secret suite: the hash of the salt, and the levels of the whole suite, of which curves play the first ones. */
  seed: z.union([z.number(), z.strictObject({ secret: z.string(), levels: z.int() })]),
  /** Of what is hidden, the channels. */
  observation: z
    .union([z.literal('flip-vertical'), z.strictObject({ hide: z.array(z.string()).readonly() })])
    .optional(),
})
export type SuiteWorld = Readonly<z.infer<typeof worldInputs>>
