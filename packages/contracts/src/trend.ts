import { z } from 'zod'
import { text } from './experiment-query.ts'
import { verdictView } from './verdict-view.ts'

/** The label of experiments that verify another one: no finding of their own. */
export const verifiesLabel = 'goalpost/verifies'

export const trendQuery = z.strictObject({
  name: text(120).min(1).describe('The whole name of the experiments'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many of the newest experiments'),
})
export type TrendQuery = z.input<typeof trendQuery>

export const trendPoint = verdictView
  .pick({
    name: true,
    tone: true,
    sentence: true,
    goal: true,
    provisional: true,
    agreeing: true,
    total: true,
    numbers: true,
  })
  .extend({ experimentId: z.uuid() })
export type TrendPoint = z.infer<typeof trendPoint>

/** The verdicts of one title over experiments of one name. */
export const trendLine = z.strictObject({
  title: z.string(),
  condition: z.string(),
  /** Of the experiments that have this verdict, in their order. */
  points: z.array(trendPoint),
})
export type TrendLine = z.infer<typeof trendLine>

export const trendView = z.strictObject({
  name: z.string(),
  /** Those with verdicts, oldest first. */
  experiments: z.array(z.strictObject({ id: z.uuid(), createdAt: z.iso.datetime() })),
  /** Whether there are older ones. */
  leftOut: z.boolean(),
  /** In the order of the newest report that has them. */
  lines: z.array(trendLine),
})
export type TrendView = z.infer<typeof trendView>
