import type { ReferenceName } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { type MeasureName, measureNames } from '../measures/measure-names.ts'
import { type AnchorMeans, createMeasures } from '../measures/measure-policy.ts'
import { type PolicyColumns, selectMeasuredLevels, tabulatePolicy } from '../measures/policy-columns.ts'
import { weighPolicy } from '../measures/policy-means.ts'
import type { Quantity } from '../measures/quantity.ts'
import { createResampler, evenWeights, type Replicate } from '../statistics/resampled-weights.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import type { References } from './condition-assessment.ts'

/** One measure of one policy: its value, and [resamples] values under resampled levels, episodes and anchors. */
export type ResampledMeasure = { readonly value: Quantity; readonly replicates: Float64Array }

export type ResampledPolicy = Readonly<Record<MeasureName, ResampledMeasure>>

export type ResamplingRequest = {
  readonly facts: SuiteFacts
  readonly references: References
  /** All policies to be measured; replicate b resamples the same levels for all of them. */
  readonly tables: readonly OutcomeTable[]
  readonly resamples: number
  readonly stream: Stream
  readonly anchorGap: number
}

/** Measures every table against the references, and again under every bootstrap replicate. */
export function resampleSuite(request: ResamplingRequest): readonly ResampledPolicy[] {
  const { facts, resamples, stream } = request
  const measured = selectMeasuredLevels(facts)
  const tabulate = (table: OutcomeTable): PolicyColumns => tabulatePolicy(table, facts, measured)
  const anchors = Object.entries(request.references).map(([name, table]) => [name as ReferenceName, tabulate(table)] as const)
  const policies = request.tables.map(tabulate)
  const results = policies.map(() => emptyPolicy(resamples))
  if (measured.indices.length === 0) return results

  const strict = createMeasures(request.anchorGap)
  // The scale was long enough at the point estimate: a replicate in which it is shorter still counts.
  const lenient = createMeasures(Number.MIN_VALUE)
  const even = weighAnchors(anchors, evenWeights(measured.contested))
  policies.forEach((policy, index) => {
    const means = weighPolicy(policy, evenWeights(measured.contested).weights(policy.episodes))
    for (const name of measureNames) results[index][name].value = strict[name](means, even)
  })
  const resampler = createResampler(measured.contested)
  for (let b = 0; b < resamples; b++) {
    const replicate = resampler.draw(stream.at(b))
    const anchorMeans = weighAnchors(anchors, replicate)
    policies.forEach((policy, index) => {
      const means = weighPolicy(policy, replicate.weights(policy.episodes))
      for (const name of measureNames) {
        const value = lenient[name](means, anchorMeans)
        results[index][name].replicates[b] = typeof value === 'number' ? value : Number.NaN
      }
    })
  }
  return results
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function emptyPolicy(resamples: number): Record<MeasureName, Mutable<ResampledMeasure>> {
  const empty = (): Mutable<ResampledMeasure> => ({
    value: { missing: 'no level of this suite can be solved' },
    replicates: new Float64Array(resamples).fill(Number.NaN),
  })
  return Object.fromEntries(measureNames.map((name) => [name, empty()])) as Record<MeasureName, Mutable<ResampledMeasure>>
}

function weighAnchors(anchors: readonly (readonly [ReferenceName, PolicyColumns])[], replicate: Replicate): AnchorMeans {
  return Object.fromEntries(anchors.map(([name, columns]) => [name, weighPolicy(columns, replicate.weights(columns.episodes))]))
}
