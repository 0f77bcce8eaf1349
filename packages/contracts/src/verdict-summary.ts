import { z } from 'zod'
import { tone } from './tone.ts'

/** One finding of an experiment's analysis, as lists show it. */
export const verdictSummary = z.strictObject({
  condition: z.string(),
  /** The condition, and the respect if it has several verdicts. */
  title: z.string(),
  /** Stable, e.g. `aligned`; the protocol documents the set. */
  name: z.string(),
  tone,
  /** One plain sentence; the reason, for reports older than sentences. */
  sentence: z.string(),
  /** The stable name of the pursued goal; null where the goals cannot be distinguished. */
  goal: z.string().nullable(),
  provisional: z.boolean(),
  /** The number of replicates that have this verdict individually, and their total. */
  agreeing: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
})
export type VerdictSummary = z.infer<typeof verdictSummary>
