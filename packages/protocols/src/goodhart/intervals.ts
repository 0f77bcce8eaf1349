import type { Estimate } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import { type Interval, mean, meanInterval, studentQuantile } from '@goalpost/statistics'

/** The Student-t interval of a mean. A single value is its own interval: one seed is classified by its points. */
export function intervalOfMean(values: readonly number[], level: number): Interval {
  return meanInterval(values, level) ?? { low: values[0], high: values[0] }
}

/**
 * The tail index over seeds from each seed's Hill estimate: the mean of their inverses, inverted. 1/α is a mean of log
 * ratios, and unbiased on a power law; the mean of α is biased, and with many seeds its interval misses the index. No
 * interval if that of 1/α reaches zero: the index has no upper bound then.
 */
export function estimateTailIndexOverSeeds(indices: readonly number[], level: number): Estimate {
  const inverse = estimateMean(
    indices.map((index) => 1 / index),
    level,
  )
  const { value, low, high, ...others } = inverse
  if (typeof value !== 'number') return inverse
  if (low === undefined || high === undefined || low <= 0) return { value: 1 / value, count: indices.length }
  return { value: 1 / value, low: 1 / high, high: 1 / low, ...others }
}

/**
 * Interval of the ratio of two means, from pairs (one pair per seed): all ratios f at which the mean of numerator − f ·
 * denominator has a Student-t interval that covers zero (Fieller, Journal of the Royal Statistical Society B 16, 1954).
 * Null if the denominator's own mean may be zero or below: the ratio is unbounded then.
 */
export function intervalOfRatio(
  numerators: readonly number[],
  denominators: readonly number[],
  level: number,
): Interval | null {
  const top = mean(numerators)
  const bottom = mean(denominators)
  const count = numerators.length
  if (count < 2) return bottom > 0 ? { low: top / bottom, high: top / bottom } : null
  const margin = studentQuantile(0.5 + level / 2, count - 1) ** 2 / count
  const a = bottom ** 2 - margin * covariance(denominators, denominators)
  const b = top * bottom - margin * covariance(numerators, denominators)
  const c = top ** 2 - margin * covariance(numerators, numerators)
  if (a <= 0 || bottom <= 0) return null
  const spread = Math.sqrt(Math.max(b * b - a * c, 0))
  return { low: (b - spread) / a, high: (b + spread) / a }
}

function covariance(left: readonly number[], right: readonly number[]): number {
  const leftMean = mean(left)
  const rightMean = mean(right)
  return left.reduce((sum, value, i) => sum + (value - leftMean) * (right[i] - rightMean), 0) / (left.length - 1)
}
