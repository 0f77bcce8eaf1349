import type { Estimate } from './estimate.ts'
import { findGroups } from './groups.ts'
import { meanError, studentMargins, type Margins } from './mean-interval.ts'
import { mean, sampleVariance } from './moments.ts'
import { studentQuantile } from './student.ts'
import { normalQuantile } from './normal.ts'

export type SeedSample = {
  /** [seeds] one value per seed. */
  readonly values: readonly number[]
  /** [seeds] bootstrap replicates over levels, episodes and anchors; replicate b has the same levels for all seeds. */
  readonly replicates: readonly Float64Array[]
  /** How many levels the replicates resample; default: unlimited. */
  readonly levels?: number
  readonly confidence: number
}

/** The mean over seeds with an interval for *new seeds and new levels*. One seed has no interval. */
export function estimateOverSeeds(sample: SeedSample): Estimate {
  const { values, replicates, confidence } = sample
  const value = mean(values)
  const base = { value, level: confidence, count: values.length }
  if (values.length < 2) return { ...base, method: 'none' }
  const { below, above } = addLevels(studentMargins(meanError(values), confidence), levelsMargin(sample))
  const groups = findGroups(values, replicates)
  const interval = { low: value - below, high: value + above, method: 'student-t' } as const
  return groups === null ? { ...base, ...interval } : { ...base, ...interval, groups }
}

/** Margins of independent parts add as squares, on each side (the MOVER of Zou & Donner, 2008). */
export function addLevels({ below, above }: Margins, levels: number): Margins {
  return { below: Math.hypot(below, levels), above: Math.hypot(above, levels) }
}

/**
 * The margin that remains with infinitely many seeds, because all of them played the same levels: the bootstrap
 * deviation of the seeds' mean under resampled levels, times the t for their number. Variation specific to a pair of
 * seed and level is in both margins, which makes the interval too wide rather than too narrow.
 */
export function levelsMargin({
  replicates,
  confidence,
  levels,
}: Pick<SeedSample, 'replicates' | 'confidence' | 'levels'>): number {
  const means = averageReplicates(replicates).filter((value) => !Number.isNaN(value))
  return means.length < 2 ? 0 : resampledQuantile(confidence, levels) * Math.sqrt(sampleVariance(means))
}

/**
 * By how many deviations of its replicates a mean over `units` resampled units may be off. Corrects the replicates'
 * variance from divisor n to n − 1, and uses t.
 */
export function resampledQuantile(confidence: number, units = Number.POSITIVE_INFINITY): number {
  const p = 0.5 + confidence / 2
  if (units < 2 || units === Number.POSITIVE_INFINITY) return normalQuantile(p)
  return Math.sqrt(units / (units - 1)) * studentQuantile(p, units - 1)
}

function averageReplicates(replicates: readonly Float64Array[]): Float64Array {
  return replicates[0].map((_, b) => mean(replicates.map((values) => values[b])))
}
