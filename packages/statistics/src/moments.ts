/** Arithmetic mean. NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Unbiased variance (divisor n − 1), in two passes. NaN for fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  const center = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - center) ** 2
  return values.length < 2 ? Number.NaN : sum / (values.length - 1)
}

export function sampleDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(sampleVariance(values))
}

/** Unbiased third central moment. Fewer than three values show no skewness: 0. */
export function thirdMoment(values: ArrayLike<number>): number {
  const { length } = values
  if (length < 3) return 0
  const center = mean(values)
  let sum = 0
  for (let i = 0; i < length; i++) sum += (values[i] - center) ** 3
  return (sum * length) / ((length - 1) * (length - 2))
}

/** A copy in ascending order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/**
 * The p-quantile of ascending values by linear interpolation: type 7 of Hyndman & Fan (1996), the default of NumPy and
 * R. NaN for no values.
 */
export function quantileOfSorted(ascending: ArrayLike<number>, p: number): number {
  if (ascending.length === 0) return Number.NaN
  const position = (ascending.length - 1) * p
  const below = Math.floor(position)
  const above = Math.min(below + 1, ascending.length - 1)
  return ascending[below] + (position - below) * (ascending[above] - ascending[below])
}
