import type { Quantity } from './quantity.ts'
import type { Interval } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { resampledQuantile } from './over-seeds.ts'
import { percentileInterval } from './percentile.ts'

export type LevelSample = {
  readonly value: Quantity
  /** [resamples] the value under resampled levels and episodes. */
  readonly replicates: Float64Array
  /** How many levels were resampled. */
  readonly levels: number
}

/**
 * One policy's own interval, for other levels: percentiles of its replicates, stretched away from the value by t / z.
 * Percentiles of few levels are too narrow, as the normal interval is (Hesterberg, The American Statistician 69, 2015).
 * Null if nothing was measured.
 */
export function levelInterval({ value, replicates, levels }: LevelSample, confidence: number): Interval | null {
  if (typeof value !== 'number') return null
  const percentiles = percentileInterval(replicates, confidence)
  if (percentiles === null) return null
  const stretch = resampledQuantile(confidence, levels) / normalQuantile(0.5 + confidence / 2)
  return {
    low: Math.min(percentiles.low, value + stretch * (percentiles.low - value)),
    high: Math.max(percentiles.high, value + stretch * (percentiles.high - value)),
  }
}
