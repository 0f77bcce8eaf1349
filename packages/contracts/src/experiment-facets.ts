import { z } from 'zod'

/** How many experiments have it; archived ones do not count. */
const experiments = z.number().int().positive()

/** What experiments can be filtered by, the most frequent first; at most 100 of each kind. */
export const experimentFacets = z.strictObject({
  labels: z.array(z.strictObject({ name: z.string(), value: z.string(), experiments })),
  /** The names of keys. */
  submitters: z.array(z.strictObject({ name: z.string(), experiments })),
})
export type ExperimentFacets = z.infer<typeof experimentFacets>
