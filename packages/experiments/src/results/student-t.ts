/**
 * Student's t distribution for whole degrees of freedom.
 * The CDF is the finite series of Abramowitz & Stegun, 26.7.3 and 26.7.4: exact but for rounding.
 */
export function studentTCdf(t: number, freedom: number): number {
  const theta = Math.atan(t / Math.sqrt(freedom))
  const central = freedom % 2 === 1 ? oddSeries(theta, freedom) : evenSeries(theta, freedom)
  return 0.5 + central / 2
}

/** The t that a share `probability` in (0.5, 1) of the distribution lies below. `freedom` is a whole number ≥ 1. */
export function studentTQuantile(probability: number, freedom: number): number {
  if (!(probability > 0.5 && probability < 1)) throw new RangeError(`The probability ${probability} is not in (0.5, 1)`)
  if (!Number.isInteger(freedom) || freedom < 1) throw new RangeError(`${freedom} are no degrees of freedom`)
  let low = 0
  let high = 1
  while (studentTCdf(high, freedom) < probability) high *= 2
  for (let halving = 0; halving < 100 && high - low > 1e-13 * high; halving++) {
    const middle = (low + high) / 2
    if (studentTCdf(middle, freedom) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function oddSeries(theta: number, freedom: number): number {
  if (freedom === 1) return (2 * theta) / Math.PI
  const cosine = Math.cos(theta)
  let term = cosine
  let sum = term
  for (let index = 3; index <= freedom - 2; index += 2) {
    term *= ((index - 1) / index) * cosine ** 2
    sum += term
  }
  return (2 / Math.PI) * (theta + Math.sin(theta) * sum)
}

function evenSeries(theta: number, freedom: number): number {
  const cosine = Math.cos(theta)
  let term = 1
  let sum = term
  for (let index = 2; index <= freedom - 2; index += 2) {
    term *= ((index - 1) / index) * cosine ** 2
    sum += term
  }
  return Math.sin(theta) * sum
}
