export { isKnown, type Quantity } from './quantity.ts'
export type { Estimate, Interval, IntervalMethod, SeedGroups } from './estimate.ts'

export { mean, quantileOfSorted, sampleDeviation, sampleVariance, sorted } from './moments.ts'
export { normalQuantile } from './normal.ts'
export { logGamma } from './special-functions.ts'
export { studentMargin, studentQuantile } from './student.ts'

export { meanInterval } from './mean-interval.ts'
export { levelInterval } from './level-interval.ts'
export { averageImprovementInterval, improvementInterval, type Sizes } from './improvement-interval.ts'
export { jointConfidence } from './joint-confidence.ts'
export { bettingInterval, placeBets, type Bet, type BetOutcome } from './betting.ts'
export { auroc } from './auroc.ts'
export { percentileInterval } from './percentile.ts'
export { wilsonInterval } from './wilson.ts'
export { exactInterval } from './exact-interval.ts'
export { compareWelch } from './welch.ts'
export { bootstrapStratified } from './stratified-bootstrap.ts'
export { estimateOverSeeds, levelsMargin } from './over-seeds.ts'
export { estimateDifference } from './over-seeds-difference.ts'

export { findCrossing, type Crossing } from './crossing.ts'
export { createScale } from './threshold/search-scale.ts'
export {
  isContradictory,
  searchThreshold,
  type Probe,
  type SearchEnd,
  type SearchStep,
  type Threshold,
  type ThresholdSearch,
} from './threshold/search-threshold.ts'

export { dipStatistic, dipTest } from './dip.ts'
export { findGroups } from './groups.ts'
export { splitGroups } from './split-groups.ts'
export { describeGroups } from './describe-groups.ts'

export {
  averageImprovement,
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  type TaskScores,
} from './robust-aggregates.ts'
