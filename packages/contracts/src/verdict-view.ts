import { z } from 'zod'
import { estimate } from './report.ts'
import { verdictSummary } from './verdict-summary.ts'

export const verdictView = verdictSummary.extend({
  numbers: z.array(
    z.strictObject({
      /** Stable, in kebab case; null if the report has none. */
      key: z.string().nullable(),
      label: z.string(),
      estimate,
    }),
  ),
})
export type VerdictView = z.infer<typeof verdictView>
