import type { Quantity } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { tabulateCounted, weighCounted } from '../measures/counted-measures.ts'
import { type GoalMeans, tabulateGoals, weighGoals } from '../measures/goal-columns.ts'
import type { WeighedAnchors, WeighedPolicy } from '../measures/goal-measures.ts'
import type { AnchorMeans } from '../measures/measure-policy.ts'
import { packColumns, weighPacked } from '../measures/packed-columns.ts'
import { type MeasuredLevels, tabulatePolicy } from '../measures/policy-columns.ts'
import type { CellWeights, PolicyMeans } from '../measures/policy-means.ts'
import { createResampler, evenWeights, type Replicate } from '../measures/resampled-weights.ts'
import type { ResampleMemo } from './resample-memo.ts'
import type { ResamplingRequest } from './resample-suite.ts'

/** Means of the tables and anchors under one replicate. */
export type WeighedSuite = {
  readonly policies: readonly WeighedPolicy[]
  readonly anchors: WeighedAnchors
  /** Those of the anchors alone, for the measures of the first two goals. */
  readonly means: AnchorMeans
  /** [policies][measures of the environment]. */
  readonly counted: readonly (readonly Quantity[])[]
}

type Resampled = ResamplingRequest & { readonly memo: ResampleMemo; readonly measured: MeasuredLevels }

/**
 * Weighs the tables and the references under the even weights (0) and each replicate (from 1 on). What the memo has of a table is
 * not weighed again; replicates are drawn only if something is missing.
 */
export function weighReplicates(
  request: Resampled,
  tables: readonly OutcomeTable[],
): (replicate: number) => WeighedSuite {
  const work: Work[] = []
  const anchors = Object.entries(request.references).map(([name, table]) => ({
    name,
    ...seriesOf(request, table, work),
  }))
  const series = tables.map((table) => seriesOf(request, table, work))
  if (work.length > 0) performAll(request, work)
  return (at) => {
    const policyAt = ({ means, goals }: TableSeries): WeighedPolicy => ({ means: means[at], goals: goals?.[at] ?? [] })
    const weighed = anchors.map((anchor) => [anchor.name, policyAt(anchor)] as const)
    return {
      policies: series.map(policyAt),
      counted: series.map(({ counted }) => counted[at]),
      anchors: new Map(weighed),
      means: Object.fromEntries(weighed.map(([name, { means }]) => [name, means])),
    }
  }
}

/** Of one table, by replicate; the even weights first. Goals are null where nothing is measured by goal. */
type TableSeries = {
  readonly means: readonly PolicyMeans[]
  readonly goals: readonly (readonly GoalMeans[])[] | null
  readonly counted: readonly (readonly Quantity[])[]
}

/** Fills a series, one replicate after another. */
type Work = { readonly episodes: number; weigh(weights: CellWeights): void }

/** The series that the memo has, or empty ones that the added work will fill. */
function seriesOf(request: Resampled, table: OutcomeTable, work: Work[]): TableSeries {
  const { facts, measured, measures = [], judging, goals, memo } = request
  const drawn = drawKey(request)
  const judged = judging !== undefined
  const of = <Value>(key: string, layOut: () => (weights: CellWeights) => Value): readonly Value[] =>
    memo.once(table, `${key} ${drawn}`, () => {
      const weigh = layOut()
      const values: Value[] = []
      work.push({ episodes: table.episodes, weigh: (weights) => values.push(weigh(weights)) })
      return values
    })
  const ofJudging = judged ? memo.idOf(judging) : 0
  return {
    means: of(`means ${ofJudging}`, () => {
      const columns = packColumns(tabulatePolicy(table, facts, { measured, judging }))
      return (weights) => weighPacked(columns, weights)
    }),
    goals:
      goals === undefined
        ? null
        : of(`goals ${memo.idOf(goals)} ${judged}`, () => {
            const columns = tabulateGoals(table, goals, { measured, judged })
            return (weights) => weighGoals(columns, weights)
          }),
    counted: of(`counted ${JSON.stringify(measures)}`, () => {
      const columns = tabulateCounted(table, measures, measured)
      return (weights) => weighCounted(columns, weights)
    }),
  }
}

/** Equal for requests that draw the same levels and episodes of the same suite. */
export function drawKey({ facts, stream, resamples, memo, ...request }: Omit<Resampled, 'measured'>): string {
  // Streams have no names to compare; their first words differ.
  return JSON.stringify([memo.idOf(facts), stream.word(0), stream.word(1), resamples, drawnSizes(request)])
}

/** Numbers of episodes per level, in the order in which they are drawn. */
function drawnSizes({
  references,
  tables,
  drawn,
}: Pick<ResamplingRequest, 'references' | 'tables' | 'drawn'>): number[] {
  return [...new Set((drawn ?? [...Object.values(references), ...tables]).map(({ episodes }) => episodes))]
}

function performAll(request: Resampled, work: readonly Work[]): void {
  const { measured, resamples, stream } = request
  const sizes = drawnSizes(request)
  const perform = (replicate: Replicate): void => {
    // The draws depend on their order.
    for (const episodes of sizes) replicate.weights(episodes)
    for (const { episodes, weigh } of work) weigh(replicate.weights(episodes))
  }
  perform(evenWeights(measured.contested))
  const resampler = createResampler(measured.contested)
  for (let b = 0; b < resamples; b++) perform(resampler.draw(stream.at(b)))
}
