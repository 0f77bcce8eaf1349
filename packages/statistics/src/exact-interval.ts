import type { Interval } from './estimate.ts'
import { incompleteBeta } from './special-functions.ts'

/**
 * The exact interval of a rate: `successes` out of `trials` ≥ 1 independent trials. It holds its level for every rate,
 * also when nothing or everything succeeded, and is wider than Wilson's. Source: Clopper & Pearson (1934).
 */
export function exactInterval(successes: number, trials: number, confidence: number): Interval {
  if (!(trials >= 1 && successes >= 0 && successes <= trials))
    throw new RangeError(`${successes} of ${trials} is not a rate`)
  const tail = (1 - confidence) / 2
  const failures = trials - successes
  return {
    low: successes === 0 ? 0 : rateWith((rate) => incompleteBeta(rate, successes, failures + 1), tail),
    high: failures === 0 ? 1 : rateWith((rate) => incompleteBeta(rate, successes + 1, failures), 1 - tail),
  }
}

/** Where an increasing function of a rate has a value. */
function rateWith(increasing: (rate: number) => number, value: number): number {
  let low = 0
  let high = 1
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (low + high) / 2
    if (increasing(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
