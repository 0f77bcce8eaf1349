import { z } from 'zod'

/** One suite that is played once more, with one object out of the policy's sight. */
export const hiddenPlay = z.strictObject({
  suite: z.string(),
  object: z.string(),
  /** All that the policy does not see then. */
  channels: z.array(z.string()).readonly(),
})
export type HiddenPlay = z.infer<typeof hiddenPlay>
