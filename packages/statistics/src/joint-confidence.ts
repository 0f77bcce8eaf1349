/**
 * The confidence of each of several intervals that hold all together with `confidence` (Bonferroni): each fails with
 * probability α / intervals, so that any fails with probability α at most, however they depend on each other.
 */
export function jointConfidence(confidence: number, intervals: number): number {
  // 1 − (1 − c) is not exactly c.
  return intervals <= 1 ? confidence : 1 - (1 - confidence) / intervals
}
