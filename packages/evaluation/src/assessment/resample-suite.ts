import type { EpisodeMeasure, JudgingMeasures } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { Quantity } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { tabulateCounted, weighCounted } from '../measures/counted-measures.ts'
import { type MeasureName, measureNames } from '../measures/measure-names.ts'
import { type AnchorMeans, createMeasures } from '../measures/measure-policy.ts'
import { selectMeasuredLevels, tabulatePolicy } from '../measures/policy-columns.ts'
import { type PolicyMeans, weighPolicy } from '../measures/policy-means.ts'
import { createResampler, evenWeights, type Replicate } from '../measures/resampled-weights.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import type { References } from './condition-assessment.ts'

/** One measure of one policy: its value, and [resamples] values under resampled levels, episodes and anchors. */
export type ResampledMeasure = {
  readonly value: Quantity
  readonly replicates: Float64Array
  /** How many levels were resampled for it. */
  readonly levels: number
}

export type ResampledPolicy = Readonly<Record<MeasureName, ResampledMeasure>> & {
  /** What the environment measures beside: by its name. */
  readonly counted: ReadonlyMap<string, ResampledMeasure>
}

export type ResamplingRequest = {
  readonly facts: SuiteFacts
  readonly references: References
  /** All policies to be measured; replicate b resamples the same levels for all of them. */
  readonly tables: readonly OutcomeTable[]
  /** Measures of the environment that the tables' counters give; none where left out. */
  readonly measures?: readonly EpisodeMeasure[]
  /** What the environment has verdicts read instead of returns. */
  readonly judging?: JudgingMeasures
  readonly resamples: number
  readonly stream: Stream
  readonly minAnchorGap: number
}

/** Measures every table against the references, and again under every bootstrap replicate. */
export function resampleSuite(request: ResamplingRequest): readonly ResampledPolicy[] {
  const { facts, references, tables, measures = [], judging, resamples, stream } = request
  const measured = selectMeasuredLevels(facts)
  const levels = { solvable: measured.indices.length, contested: measured.contestedCount }
  const results = tables.map(() => emptyPolicy(resamples, measures, levels))
  if (measured.indices.length === 0) return results

  // A reference may be among the tables: its columns are laid out, and summed in every replicate, once.
  const unique = [...new Set([...Object.values(references), ...tables])]
  const columns = unique.map((table) => tabulatePolicy(table, facts, { measured, judging }))
  const counted = unique.map((table) => tabulateCounted(table, measures, measured))
  const rows = tables.map((table) => unique.indexOf(table))
  const anchorRows = Object.entries(references).map(([name, table]) => [name, unique.indexOf(table)] as const)
  const weigh = (replicate: Replicate): WeighedSuite => {
    const means = columns.map((policy) => weighPolicy(policy, replicate.weights(policy.episodes)))
    const counts = counted.map((policy) => weighCounted(policy, replicate.weights(policy.episodes)))
    return {
      policies: rows.map((row) => means[row]),
      counted: rows.map((row) => counts[row]),
      anchors: Object.fromEntries(anchorRows.map(([name, row]) => [name, means[row]])),
    }
  }

  recordValues(results, weigh(evenWeights(measured.contested)), createMeasures(request.minAnchorGap))
  // The scale was long enough at the point estimate: a replicate in which it is shorter still counts.
  const lenient = createMeasures(Number.MIN_VALUE)
  const resampler = createResampler(measured.contested)
  for (let b = 0; b < resamples; b++)
    recordReplicate(results, weigh(resampler.draw(stream.at(b))), { measures: lenient, b })
  return results
}

type WeighedSuite = {
  readonly policies: readonly PolicyMeans[]
  /** [policies][measures of the environment]. */
  readonly counted: readonly (readonly Quantity[])[]
  readonly anchors: AnchorMeans
}
type Formulas = ReturnType<typeof createMeasures>

function recordValues(
  results: readonly MutablePolicy[],
  { policies, counted, anchors }: WeighedSuite,
  measures: Formulas,
): void {
  results.forEach((result, index) => {
    for (const name of measureNames) result[name].value = measures[name](policies[index], anchors)
    for (const [i, measure] of [...result.counted.values()].entries()) measure.value = counted[index][i]
  })
}

function recordReplicate(
  results: readonly MutablePolicy[],
  { policies, counted, anchors }: WeighedSuite,
  { measures, b }: { readonly measures: Formulas; readonly b: number },
): void {
  results.forEach((result, index) => {
    for (const name of measureNames) {
      // What is missing at the point estimate has no replicates either.
      if (typeof result[name].value !== 'number') continue
      const value = measures[name](policies[index], anchors)
      if (typeof value === 'number') result[name].replicates[b] = value
    }
    for (const [i, measure] of [...result.counted.values()].entries()) {
      const value = counted[index][i]
      if (typeof value === 'number') measure.replicates[b] = value
    }
  })
}

type MutablePolicy = Readonly<Record<MeasureName, Mutable<ResampledMeasure>>> & {
  readonly counted: ReadonlyMap<string, Mutable<ResampledMeasure>>
}
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What is measured where both goals can be had. */
const onContested: readonly MeasureName[] = ['capability', 'goalFirst', 'preference']

function emptyPolicy(
  resamples: number,
  measures: readonly EpisodeMeasure[],
  { solvable, contested }: { readonly solvable: number; readonly contested: number },
): MutablePolicy {
  const empty = (levels = solvable): Mutable<ResampledMeasure> => ({
    value: { missing: 'no level of this suite can be solved' },
    replicates: new Float64Array(resamples).fill(Number.NaN),
    levels,
  })
  return {
    ...(Object.fromEntries(
      measureNames.map((name) => [name, empty(onContested.includes(name) ? contested : solvable)]),
    ) as Record<MeasureName, ResampledMeasure>),
    counted: new Map(measures.map(({ name }) => [name, empty()])),
  }
}
