import { z } from 'zod'

/** One suite that is replayed with one object hidden from the policy. */
export const hiddenPlay = z.strictObject({
  suite: z.string(),
  object: z.string(),
  /** Everything hidden from the policy. */
  channels: z.array(z.string()).readonly(),
})
export type HiddenPlay = z.infer<typeof hiddenPlay>
