import { z } from 'zod'
import { estimate, report } from './report.ts'

const experiments = z.array(z.uuid()).min(1).max(20)

/** Searches over one option, each with the same methods as conditions, to be put together. */
export const leagueRequest = z.strictObject({ experiments })
export type LeagueRequest = z.infer<typeof leagueRequest>

/** One number of a league table. */
export const leagueRow = z.strictObject({
  experiment: z.string(),
  method: z.string(),
  /** The option that is searched. */
  over: z.string(),
  /** Its value; null for a threshold. */
  value: z.number().nullable(),
  verdict: z.string().nullable(),
  measure: z.string(),
  /** Null for numbers over all seeds. */
  seed: z.number().int().nullable(),
  estimate,
})
export type LeagueRow = z.infer<typeof leagueRow>

export const leagueView = z.strictObject({
  experiments: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  report,
  rows: z.array(leagueRow),
})
export type LeagueView = z.infer<typeof leagueView>

/** What to try next for a condition, by the results of a league. */
export const recommendationRequest = z.strictObject({
  experimentId: z.uuid(),
  /** By default the first with a bad verdict. */
  condition: z.string().optional(),
  league: experiments,
})
export type RecommendationRequest = z.infer<typeof recommendationRequest>

export const recommendationView = z.strictObject({
  condition: z.string(),
  /** The method to try next; null if none is shown to be better. */
  method: z.string().nullable(),
  reason: z.string(),
  report,
})
export type RecommendationView = z.infer<typeof recommendationView>
