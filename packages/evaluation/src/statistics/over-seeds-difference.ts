import type { Estimate } from './estimate.ts'
import { mean } from './moments.ts'
import { levelsMargin, type SeedSample, seedsForBootstrap } from './over-seeds.ts'
import { percentileInterval } from './percentile.ts'
import { compareWelch } from './welch.ts'

type Arm = Pick<SeedSample, 'values' | 'replicates'>
type Settings = Pick<SeedSample, 'confidence' | 'random'>

/**
 * mean(left) − mean(right) for new seeds and new levels. Replicate b of both arms must have resampled the same levels: that
 * pairs the levels. Fewer than ten seeds in an arm: Welch's t on seed means with the levels' margin added; otherwise
 * percentiles over resampled seeds of each arm and common levels.
 */
export function estimateDifference(left: Arm, right: Arm, settings: Settings): Estimate {
  const count = Math.min(left.values.length, right.values.length)
  const value = mean(left.values) - mean(right.values)
  const base = { value, level: settings.confidence, count }
  if (count >= seedsForBootstrap) return bootstrapDifference(left, right, { base, settings })
  const welch = compareWelch(left.values, right.values, settings.confidence)
  if (welch === null) return { ...base, method: 'none' }
  const levels = levelsMargin({ replicates: [differences(left, right)], confidence: settings.confidence })
  const margin = Math.hypot(welch.interval.high - welch.difference, levels)
  return { ...base, low: value - margin, high: value + margin, method: 'student-t' }
}

function bootstrapDifference(
  left: Arm,
  right: Arm,
  { base, settings }: { readonly base: Omit<Estimate, 'method'>; readonly settings: Settings },
): Estimate {
  const { confidence, random } = settings
  const drawMean = ({ replicates }: Arm, b: number): number =>
    mean(replicates.map(() => replicates[random.integer(replicates.length)][b]))
  const draws = left.replicates[0].map((_, b) => drawMean(left, b) - drawMean(right, b))
  const interval = percentileInterval(draws, confidence)
  return interval === null ? { ...base, method: 'none' } : { ...base, ...interval, method: 'hierarchical-bootstrap' }
}

/** Replicates of the difference of the arms' means, with the seeds as they are. */
function differences(left: Arm, right: Arm): Float64Array {
  const meanOf = ({ replicates }: Arm, b: number): number => mean(replicates.map((values) => values[b]))
  return left.replicates[0].map((_, b) => meanOf(left, b) - meanOf(right, b))
}
