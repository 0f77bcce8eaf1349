import type { Interval } from './estimate.ts'
import { mean, sampleVariance } from './moments.ts'
import { studentCdf, studentQuantile } from './student.ts'

export type WelchComparison = {
  /** mean(left) − mean(right). */
  readonly difference: number
  readonly interval: Interval
  /** Welch–Satterthwaite degrees of freedom. */
  readonly degrees: number
  /** Two-sided. */
  readonly pValue: number
}

/**
 * Compares the means of two independent samples whose variances may differ; null if a sample has fewer than two values.
 * Source: Welch (1947).
 */
export function compareWelch(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  confidence: number,
): WelchComparison | null {
  if (left.length < 2 || right.length < 2) return null
  const difference = mean(left) - mean(right)
  const { error, degrees } = welchError(left, right)
  if (error === 0)
    return { difference, interval: { low: difference, high: difference }, degrees, pValue: difference === 0 ? 1 : 0 }
  const margin = studentQuantile(0.5 + confidence / 2, degrees) * error
  const pValue = 2 * studentCdf(-Math.abs(difference) / error, degrees)
  return { difference, interval: { low: difference - margin, high: difference + margin }, degrees, pValue }
}

/** The standard error of mean(left) − mean(right), with Welch–Satterthwaite degrees of freedom. */
export function welchError(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
): { readonly error: number; readonly degrees: number } {
  const leftPart = sampleVariance(left) / left.length
  const rightPart = sampleVariance(right) / right.length
  const error = Math.sqrt(leftPart + rightPart)
  if (error === 0) return { error, degrees: left.length + right.length - 2 }
  const degrees =
    (leftPart + rightPart) ** 2 / (leftPart ** 2 / (left.length - 1) + rightPart ** 2 / (right.length - 1))
  return { error, degrees }
}
