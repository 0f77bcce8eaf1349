import type { Estimate } from '../statistics/estimate.ts'
import { percentileInterval } from '../statistics/percentile.ts'
import type { ResampledMeasure } from './resample-suite.ts'

/** Percentiles over resampled levels and episodes: one policy's own uncertainty, at its training seed. */
export function estimateOverLevels(
  { value, replicates }: ResampledMeasure,
  levels: number,
  confidence: number,
): Estimate {
  const interval = typeof value === 'number' ? percentileInterval(replicates, confidence) : null
  const base = { value, level: confidence, count: levels }
  return interval === null ? { ...base, method: 'none' } : { ...base, ...interval, method: 'level-bootstrap' }
}
