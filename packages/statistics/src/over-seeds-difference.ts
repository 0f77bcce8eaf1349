import type { Estimate } from './estimate.ts'
import { findGroups } from './groups.ts'
import { skewnessOf, studentMargins, type MeanError } from './mean-interval.ts'
import { mean, thirdMoment } from './moments.ts'
import { addLevels, levelsMargin, type SeedSample } from './over-seeds.ts'
import { welchError } from './welch.ts'

type Arm = Pick<SeedSample, 'values' | 'replicates'>
type Settings = Pick<SeedSample, 'confidence' | 'levels'>

/**
 * mean(left) − mean(right) for new seeds and new levels. Replicate b of both arms must have resampled the same levels:
 * that pairs the levels. Welch's t on seed means, wider where the difference is skewed, with the levels' margin added.
 */
export function estimateDifference(left: Arm, right: Arm, { confidence, levels }: Settings): Estimate {
  const value = mean(left.values) - mean(right.values)
  const base = { value, level: confidence, count: Math.min(left.values.length, right.values.length) }
  if (base.count < 2) return { ...base, method: 'none' }
  const shared = { replicates: [differences(left, right)], confidence, ...(levels === undefined ? {} : { levels }) }
  const seeds = studentMargins(differenceError(left.values, right.values), confidence)
  const { below, above } = addLevels(seeds, levelsMargin(shared))
  const interval = { low: value - below, high: value + above, method: 'student-t' } as const
  const groups = findGroups(left.values, left.replicates) ?? findGroups(right.values, right.replicates)
  return groups === null ? { ...base, ...interval } : { ...base, ...interval, groups }
}

/** Equal skews of both arms cancel. Source of the degrees of freedom: Welch (1947). */
function differenceError(left: readonly number[], right: readonly number[]): MeanError {
  const { error, degrees } = welchError(left, right)
  const third = thirdMoment(left) / left.length ** 2 - thirdMoment(right) / right.length ** 2
  return { error, degrees, skewness: skewnessOf(third, error) }
}

/** Replicates of the difference of the arms' means, with the seeds as they are. */
function differences(left: Arm, right: Arm): Float64Array {
  const meanOf = ({ replicates }: Arm, b: number): number => mean(replicates.map((values) => values[b]))
  return left.replicates[0].map((_, b) => meanOf(left, b) - meanOf(right, b))
}
