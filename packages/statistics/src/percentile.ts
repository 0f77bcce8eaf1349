import type { Interval } from './estimate.ts'
import { quantileOfSorted } from './moments.ts'

/**
 * The percentile interval of bootstrap replicates (Efron 1979); replicates that are NaN are left out. Null without any.
 */
export function percentileInterval(replicates: Float64Array, confidence: number): Interval | null {
  const known = sortedKnown(replicates)
  if (known.length === 0) return null
  const tail = (1 - confidence) / 2
  return { low: quantileOfSorted(known, tail), high: quantileOfSorted(known, 1 - tail) }
}

const sortedReplicates = new WeakMap<Float64Array, Float64Array>()

/** Sorted once: the same replicates give intervals at several confidences. They must not change afterwards. */
function sortedKnown(replicates: Float64Array): Float64Array {
  const known = sortedReplicates.get(replicates) ?? replicates.filter((value) => !Number.isNaN(value)).sort()
  sortedReplicates.set(replicates, known)
  return known
}
