export type LearningRateSchedule = {
  readonly peak: number
  /** Steps of linear warm-up. */
  readonly warmup: number
  readonly steps: number
}

/** What is left of the peak at the end. */
const floor = 0.1

/** Linear warm-up, then a cosine down to a tenth of the peak, where it stays; step = 0, 1, … */
export function learningRateAt({ peak, warmup, steps }: LearningRateSchedule, step: number): number {
  const warm = Math.min(1, (step + 1) / warmup)
  return peak * warm * (floor + (1 - floor) * 0.5 * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps)))
}
