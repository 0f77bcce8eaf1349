import { studentMargin } from '@goalpost/statistics'

/** More seeds than this are not worth promising anything about. */
const horizon = 1000

export type SpreadOverSeeds = {
  readonly value: number
  /** Deviation between seeds. */
  readonly deviation: number
  /** The part of the margin that more seeds do not shrink. */
  readonly levelsMargin: number
}

/**
 * The number of seeds at which the t interval would no longer reach `threshold`, if mean and deviation stayed as they are;
 * null where no number up to 1,000 would do: then more levels are needed, or the value lies on the line.
 */
export function seedsToSettle(spread: SpreadOverSeeds, threshold: number, confidence: number): number | null {
  const distance = Math.abs(spread.value - threshold)
  const settles = (seeds: number): boolean =>
    Math.hypot(studentMargin(spread.deviation, seeds, confidence), spread.levelsMargin) < distance
  if (!settles(horizon)) return null
  let low = 1
  let high = horizon
  // Invariant: `high` settles, `low` does not (one seed never does); the margin falls as seeds are added.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (settles(middle)) high = middle
    else low = middle
  }
  return high
}
