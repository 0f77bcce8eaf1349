import type { Interval } from './estimate.ts'
import { quantileOfSorted } from './moments.ts'

/**
 * The percentile interval of bootstrap replicates (Efron 1979); replicates that are NaN are left out. Null without any.
 */
export function percentileInterval(replicates: Float64Array, confidence: number): Interval | null {
  const known = replicates.filter((value) => !Number.isNaN(value)).sort()
  if (known.length === 0) return null
  const tail = (1 - confidence) / 2
  return { low: quantileOfSorted(known, tail), high: quantileOfSorted(known, 1 - tail) }
}
