import type { Generator } from '@goalpost/random'
import type { Estimate } from './estimate.ts'
import { mean, sampleDeviation, sampleVariance } from './moments.ts'
import { normalQuantile } from './normal.ts'
import { percentileInterval } from './percentile.ts'
import { studentMargin } from './student.ts'

/** From this many seeds on percentiles of resampled seeds cover what they promise; below, Student's t is used. */
export const seedsForBootstrap = 10

export type SeedSample = {
  /** [seeds] one value for each seed. */
  readonly values: readonly number[]
  /** [seeds] the same under bootstrap replicates of levels, episodes and anchors; replicate b shares its levels. */
  readonly replicates: readonly Float64Array[]
  readonly confidence: number
  /** Randomness for resampling the seeds. */
  readonly random: Generator
}

/** The mean over seeds with an interval for *new seeds and new levels*. One seed has no interval. */
export function estimateOverSeeds(sample: SeedSample): Estimate {
  const { values, confidence } = sample
  const value = mean(values)
  if (values.length < 2) return { value, level: confidence, count: values.length, method: 'none' }
  if (values.length >= seedsForBootstrap) return bootstrapSeeds(sample, value)
  const seeds = studentMargin(sampleDeviation(values), values.length, confidence)
  const margin = Math.hypot(seeds, levelsMargin(sample))
  return {
    value,
    low: value - margin,
    high: value + margin,
    level: confidence,
    count: values.length,
    method: 'student-t',
  }
}

/**
 * The margin that remains with infinitely many seeds, because all of them played the same levels: z times the bootstrap
 * deviation of the seeds' mean under resampled levels. Margins of independent parts add as squares (the MOVER of Zou &
 * Donner, 2008); what is specific to a pair of seed and level is counted twice, which errs on the wide side.
 */
export function levelsMargin({ replicates, confidence }: Pick<SeedSample, 'replicates' | 'confidence'>): number {
  const means = averageReplicates(replicates).filter((value) => !Number.isNaN(value))
  return means.length < 2 ? 0 : normalQuantile(0.5 + confidence / 2) * Math.sqrt(sampleVariance(means))
}

/** Percentiles over replicates that draw seeds with replacement first, on levels that were drawn for all seeds together. */
function bootstrapSeeds({ replicates, confidence, random }: SeedSample, value: number): Estimate {
  const seeds = replicates.length
  const draws = replicates[0].map((_, b) => {
    let sum = 0
    for (let i = 0; i < seeds; i++) sum += replicates[random.integer(seeds)][b]
    return sum / seeds
  })
  const interval = percentileInterval(draws, confidence)
  const base = { value, level: confidence, count: seeds }
  return interval === null ? { ...base, method: 'none' } : { ...base, ...interval, method: 'hierarchical-bootstrap' }
}

function averageReplicates(replicates: readonly Float64Array[]): Float64Array {
  return replicates[0].map((_, b) => mean(replicates.map((values) => values[b])))
}
