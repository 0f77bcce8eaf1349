import { type Estimate, levelInterval } from '@goalpost/statistics'
import type { ResampledMeasure } from './resample-suite.ts'

/** Percentiles over resampled levels and episodes: one policy's own uncertainty, at its training seed. */
export function estimateOverLevels(measure: ResampledMeasure, levels: number, confidence: number): Estimate {
  const interval = levelInterval(measure, confidence)
  const base = { value: measure.value, level: confidence, count: levels }
  return interval === null ? { ...base, method: 'none' } : { ...base, ...interval, method: 'level-bootstrap' }
}
