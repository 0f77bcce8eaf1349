import { isMissing, type Estimate, type Quantity } from '@goalpost/contracts'
import { studentTQuantile } from './student-t.ts'

/**
 * The mean over replicates with its Student-t interval. Missing values are left out, and `count` says how many remain; one
 * value has no interval, none no mean.
 */
export function estimateMean(values: readonly Quantity[], level = 0.95): Estimate {
  const numbers = values.filter((value) => typeof value === 'number')
  const count = numbers.length
  if (count === 0) return { value: { missing: reasonOf(values) }, count }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count
  // A sum of finite numbers need not be finite.
  if (!Number.isFinite(mean)) return { value: { missing: 'the mean is too large for a number' }, count }
  if (count === 1) return { value: mean, count }
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  const half = studentTQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance / count)
  if (!Number.isFinite(half)) return { value: mean, count }
  return { value: mean, low: mean - half, high: mean + half, level, count }
}

/** The one reason that all values share, or that there is more than one. */
function reasonOf(values: readonly Quantity[]): string {
  const reasons = new Set(values.filter(isMissing).map(({ missing }) => missing))
  const [only] = reasons
  if (only === undefined) return 'nothing has been measured yet'
  return reasons.size === 1 ? only : `missing in all ${values.length} replicates, for ${reasons.size} reasons`
}
