import type { Interval } from './estimate.ts'
import { mean, sampleDeviation } from './moments.ts'
import { incompleteBeta } from './special-functions.ts'

/** P(T ≤ t) of Student's t with `degrees` > 0 degrees of freedom (Abramowitz & Stegun 26.7.1). */
export function studentCdf(t: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  return t > 0 ? 1 - tail : tail
}

/** Cached quantiles at whole degrees of freedom, which most intervals use: [p → [degrees → quantile]]. */
const known = new Map<number, Map<number, number>>()

/** The p-quantile of Student's t. Throws a RangeError outside 0 < p < 1. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && degrees > 0))
    throw new RangeError(`no t quantile for p = ${p}, ${degrees} degrees of freedom`)
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  if (p === 0.5) return 0
  if (!Number.isInteger(degrees)) return bisectQuantile(p, degrees)
  const ofP = known.get(p) ?? new Map<number, number>()
  known.set(p, ofP)
  const quantile = ofP.get(degrees) ?? bisectQuantile(p, degrees)
  ofP.set(degrees, quantile)
  return quantile
}

/** Bisection of the distribution function, to the last bits. */
function bisectQuantile(p: number, degrees: number): number {
  let low = 0
  let high = 1
  while (studentCdf(high, degrees) < p) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) return middle
    if (studentCdf(middle, degrees) < p) low = middle
    else high = middle
  }
}

/** Half the width of the t interval of a mean: t · s / √n. `confidence` e.g. 0.95; needs at least two values. */
export function studentMargin(deviation: number, count: number, confidence: number): number {
  return (studentQuantile(0.5 + confidence / 2, count - 1) * deviation) / Math.sqrt(count)
}

/** The t interval of the mean of independent values, or null for fewer than two. Source: Student (1908). */
export function studentInterval(values: ArrayLike<number>, confidence: number): Interval | null {
  if (values.length < 2) return null
  const center = mean(values)
  const margin = studentMargin(sampleDeviation(values), values.length, confidence)
  return { low: center - margin, high: center + margin }
}
