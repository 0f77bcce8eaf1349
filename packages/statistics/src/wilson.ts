import type { Interval } from './estimate.ts'
import { normalQuantile } from './normal.ts'

/**
 * Wilson's score interval of a rate: `successes` out of `trials` ≥ 1 *independent* trials. For one policy's episodes,
 * never for episodes pooled over seeds. Source: Wilson (1927).
 */
export function wilsonInterval(successes: number, trials: number, confidence: number): Interval {
  if (!(trials >= 1 && successes >= 0 && successes <= trials))
    throw new RangeError(`${successes} of ${trials} is not a rate`)
  const z = normalQuantile(0.5 + confidence / 2)
  const rate = successes / trials
  const shrink = 1 + (z * z) / trials
  const center = (rate + (z * z) / (2 * trials)) / shrink
  const margin = (z / shrink) * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials))
  // At 0 and at `trials` the formula is exact except for rounding.
  return { low: successes === 0 ? 0 : center - margin, high: successes === trials ? 1 : center + margin }
}
