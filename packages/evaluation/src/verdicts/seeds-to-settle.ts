import { studentMargin } from '@goalpost/statistics'

/** No estimate is given above this many seeds. */
const horizon = 1000

export type SpreadOverSeeds = {
  readonly value: number
  /** Deviation between seeds. */
  readonly deviation: number
  /** The part of the margin that more seeds do not reduce. */
  readonly levelsMargin: number
}

/**
 * The number of seeds at which the t interval would no longer reach `threshold`, if mean and deviation stayed the same;
 * null if no number up to 1,000 is enough: then more levels are needed, or the value is on the line.
 */
export function seedsToSettle(spread: SpreadOverSeeds, threshold: number, confidence: number): number | null {
  const distance = Math.abs(spread.value - threshold)
  const settles = (seeds: number): boolean =>
    Math.hypot(studentMargin(spread.deviation, seeds, confidence), spread.levelsMargin) < distance
  if (!settles(horizon)) return null
  let low = 1
  let high = horizon
  // Invariant: `high` settles, `low` does not (one seed never does); more seeds reduce the margin.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (settles(middle)) high = middle
    else low = middle
  }
  return high
}
