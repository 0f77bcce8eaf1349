import { isMissing, type Estimate, type Quantity } from '@goalpost/contracts'
import { describeGroups, findGroups, mean, meanInterval } from '@goalpost/statistics'

/**
 * The mean over replicates with its interval, and a caution if the replicates fall into two groups. Missing values are
 * left out, and `count` is the number that remain; one value has no interval, none no mean.
 */
export function estimateMean(values: readonly Quantity[], level = 0.95): Estimate {
  const numbers = values.filter((value) => typeof value === 'number')
  const count = numbers.length
  if (count === 0) return { value: { missing: reasonOf(values) }, count }
  const value = mean(numbers)
  // A sum of finite numbers need not be finite.
  if (!Number.isFinite(value)) return { value: { missing: 'the mean is too large for a number' }, count }
  const interval = meanInterval(numbers, level)
  if (interval === null || !Number.isFinite(interval.high - interval.low)) return { value, count }
  const groups = findGroups(numbers)
  return { value, ...interval, level, count, ...(groups === null ? {} : { caution: describeGroups(groups) }) }
}

/** The reason that all values share, or that there are several. */
function reasonOf(values: readonly Quantity[]): string {
  const reasons = new Set(values.filter(isMissing).map(({ missing }) => missing))
  const [only] = reasons
  if (only === undefined) return 'nothing has been measured yet'
  return reasons.size === 1 ? only : `missing in all ${values.length} replicates, for ${reasons.size} reasons`
}
