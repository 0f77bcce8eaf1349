import type { Interval } from './estimate.ts'
import { mean, sampleVariance, thirdMoment } from './moments.ts'
import { normalQuantile } from './normal.ts'
import { studentQuantile } from './student.ts'

/** How precisely a mean of few values, or a difference of two such means, is known. */
export type MeanError = {
  /** Standard error. */
  readonly error: number
  /** Degrees of freedom behind it. */
  readonly degrees: number
  /** The estimated skewness of the mean itself: that of the values over √n. */
  readonly skewness: number
}

/** How far an interval extends to each side of its estimate. */
export type Margins = { readonly below: number; readonly above: number }

export function meanError(values: ArrayLike<number>): MeanError {
  const { length } = values
  const error = Math.sqrt(sampleVariance(values) / length)
  return { error, degrees: length - 1, skewness: skewnessOf(thirdMoment(values) / length ** 2, error) }
}

/** Skewness from third moment and standard error. Equal values have none. */
export function skewnessOf(third: number, error: number): number {
  return error === 0 ? 0 : third / error ** 3
}

/**
 * Student's t, and more on the side of the longer tail: the plain t interval covers skewed values too rarely, because
 * samples without a far value have both a small mean and a small deviation. There t grows by (2z² + 1)/6 · skewness,
 * the first term of its Cornish–Fisher expansion (Hall, Annals of Statistics 20, 1992). The skewness of n values is
 * less than the population's; the factor 1 + 5/n corrects for it, and was chosen by simulation (docs/statistics.md).
 * The other side does not shrink: normal values would lose coverage.
 */
export function studentMargins({ error, degrees, skewness }: MeanError, confidence: number): Margins {
  const p = 0.5 + confidence / 2
  const t = studentQuantile(p, degrees)
  const further = ((2 * normalQuantile(p) ** 2 + 1) / 6) * (1 + 5 / (degrees + 1)) * skewness
  return { below: error * (t + Math.max(0, -further)), above: error * (t + Math.max(0, further)) }
}

/** The interval of the mean of independent values, or null for fewer than two. */
export function meanInterval(values: ArrayLike<number>, confidence: number): Interval | null {
  if (values.length < 2) return null
  const center = mean(values)
  const { below, above } = studentMargins(meanError(values), confidence)
  return { low: center - below, high: center + above }
}
