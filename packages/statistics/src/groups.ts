import type { SeedGroups } from './estimate.ts'
import { fewestForGroups, groupThresholds } from './group-thresholds.ts'
import { mean, sampleDeviation, sorted } from './moments.ts'
import { type Split, splitGroups } from './split-groups.ts'

/** A gap below this share of the largest value is not worth reporting: seeds at 0.99 and 1 are alike. */
const leastGap = 0.1

/** Levels alone can explain a difference of fewer deviations under resampled levels than this. */
const levelDeviations = 4

/**
 * The two groups that seeds fall into, or null. Groups are apart if the gap between them is larger, and the spread
 * within them smaller, than in all but 2 % of normal samples, the gap is large compared with the values, and the levels
 * do not explain it. `replicates` [seeds]: each value under resampled levels; null if no levels were played. Fewer than
 * five seeds show no groups, and a group without a seed cannot be seen: see docs/statistics.md for the power.
 */
export function findGroups(
  values: readonly number[],
  replicates: readonly Float64Array[] | null = null,
): SeedGroups | null {
  if (values.length < fewestForGroups) return null
  const { gapShare, withinShare } = groupThresholds(values.length)
  const least = leastGap * Math.max(...values.map(Math.abs))
  const apart = splitGroups(values).filter(
    (split) => split.gap >= least && split.gapShare > gapShare && split.withinShare < withinShare,
  )
  if (apart.length === 0) return null
  const widest = apart.reduce((best, split) => (split.gap > best.gap ? split : best))
  if (replicates !== null && madeByLevels(widest, values, replicates)) return null
  return { lower: widest.lower, upper: values.length - widest.lower }
}

/** Whether the groups' means differ by no more than they would on other levels. */
function madeByLevels({ lower }: Split, values: readonly number[], replicates: readonly Float64Array[]): boolean {
  const from = sorted(values)[lower]
  const isUpper = values.map((value) => value >= from)
  const difference = (of: (seed: number) => number): number =>
    mean(values.flatMap((_, seed) => (isUpper[seed] ? [of(seed)] : []))) -
    mean(values.flatMap((_, seed) => (isUpper[seed] ? [] : [of(seed)])))
  const resampled = replicates[0].map((_, b) => difference((seed) => replicates[seed][b]))
  const known = resampled.filter((value) => !Number.isNaN(value))
  return known.length > 1 && difference((seed) => values[seed]) < levelDeviations * sampleDeviation(known)
}
