import { z } from 'zod'

/** Which levels are kept because the agents of one condition do not pass a place on them by accident. */
export const kept = z.strictObject({
  condition: z.string().describe('Name of the condition whose agents decide, trained on no distinguishing level'),
  suite: z.string().describe('Name of the suite on which they are counted, with levels on which the goals agree'),
  measure: z.string().describe("The environment's measure of the accident, a share of episodes"),
  below: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('A level is kept if the accident happens in less than this share of runs, of all seeds together'),
  on: z
    .array(z.string())
    .min(1)
    .describe(
      'Names of the suites reported on kept levels; level i of each is level i of `suite` with the goal elsewhere',
    ),
})
export type KeptOptions = z.infer<typeof kept>
