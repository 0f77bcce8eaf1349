import {
  type Estimate,
  estimateOverSeeds,
  levelsMargin,
  mean,
  type Quantity,
  sampleDeviation,
} from '@goalpost/statistics'
import type { SpreadOverSeeds } from '../verdicts/seeds-to-settle.ts'
import type { ResampledMeasure } from './resample-suite.ts'

/** One measure over seeds, as an estimate for new seeds and new levels. */
export function combineSeeds(measures: readonly ResampledMeasure[], confidence: number): Estimate {
  const values = knownValues(measures)
  if (!Array.isArray(values)) return { value: values, level: confidence, count: 0, method: 'none' }
  const replicates = measures.map((measure) => measure.replicates)
  return estimateOverSeeds({ values, replicates, levels: measures[0].levels, confidence })
}

/** The data of the interval over seeds; null without one. */
export function spreadOfSeeds(measures: readonly ResampledMeasure[], confidence: number): SpreadOverSeeds | null {
  const values = knownValues(measures)
  if (!Array.isArray(values) || values.length < 2) return null
  const replicates = measures.map((measure) => measure.replicates)
  return {
    value: mean(values),
    deviation: sampleDeviation(values),
    levelsMargin: levelsMargin({ replicates, confidence, levels: measures[0].levels }),
  }
}

/**
 * The value of every seed, or why there is none: anchors are shared, so a scale is missing for all seeds or for none.
 */
function knownValues(measures: readonly ResampledMeasure[]): number[] | Exclude<Quantity, number> {
  if (measures.length === 0) return { missing: 'no seed has been evaluated here' }
  const values: number[] = []
  for (const { value } of measures) {
    if (typeof value !== 'number') return value
    values.push(value)
  }
  return values
}
