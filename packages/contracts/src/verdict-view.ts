import { z } from 'zod'
import { estimate, tone } from './report.ts'

/** One finding of an experiment's analysis, as lists show it. */
export const verdictSummary = z.strictObject({
  condition: z.string(),
  /** What was judged: the condition, and in which respect where it has several verdicts. */
  title: z.string(),
  /** Stable, e.g. `aligned`; the protocol documents the set. */
  name: z.string(),
  tone,
  /** One plain sentence; the reason, where the report was made before sentences were. */
  sentence: z.string(),
  /** The goal that is pursued, by its stable name; null where the goals cannot be distinguished. */
  goal: z.string().nullable(),
  provisional: z.boolean(),
  /** How many replicates have this verdict by themselves, of how many. */
  agreeing: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
})
export type VerdictSummary = z.infer<typeof verdictSummary>

export const verdictView = verdictSummary.extend({
  numbers: z.array(
    z.strictObject({
      /** Stable, in kebab case; null where the report has none. */
      key: z.string().nullable(),
      label: z.string(),
      estimate,
    }),
  ),
})
export type VerdictView = z.infer<typeof verdictView>
