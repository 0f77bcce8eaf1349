import type { Rng } from '@goalpost/random'
import type { Interval } from './estimate.ts'
import { percentileInterval } from './percentile.ts'
import type { TaskScores } from './robust-aggregates.ts'

export type BootstrapSettings = {
  readonly confidence: number
  readonly resamples: number
  readonly random: Rng
}

/**
 * Percentile interval of a statistic under stratified resampling: runs are drawn with replacement within each stratum.
 * With one stratum this is the plain bootstrap. It is too narrow below about ten runs; see docs/statistics.md.
 * Source: Agarwal et al. (2021). Null if no replicate has a number.
 */
export function bootstrapStratified(
  strata: TaskScores,
  statistic: (strata: TaskScores) => number,
  { confidence, resamples, random }: BootstrapSettings,
): Interval | null {
  const replicates = new Float64Array(resamples)
  for (let b = 0; b < resamples; b++)
    replicates[b] = statistic(strata.map((runs) => runs.map(() => runs[random.integer(runs.length)])))
  return percentileInterval(replicates, confidence)
}
