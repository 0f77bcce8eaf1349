import type { Estimate } from '@goalpost/contracts'
import { mean, studentInterval, studentQuantile, type Interval } from '@goalpost/evaluation'

/** The mean over seeds with its Student-t interval; one seed has no interval, none has no mean. */
export function estimateMean(values: readonly number[], level: number): Estimate {
  if (values.length === 0) return { value: { missing: 'no run has finished' }, count: 0 }
  const interval = studentInterval(values, level)
  const value = mean(values)
  return interval === null ? { value, count: values.length } : { value, ...interval, level, count: values.length }
}

/** The Student-t interval of a mean. A single value stands for itself: so one seed is classified by its own points. */
export function intervalOfMean(values: readonly number[], level: number): Interval {
  return studentInterval(values, level) ?? { low: values[0], high: values[0] }
}

/**
 * Interval of the ratio of two means, from pairs (one pair per seed): all ratios f at which the mean of numerator − f ·
 * denominator has a Student-t interval that covers zero (Fieller, Journal of the Royal Statistical Society B 16, 1954). Null
 * where the denominator's own mean may be zero or below: the ratio is unbounded then.
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
