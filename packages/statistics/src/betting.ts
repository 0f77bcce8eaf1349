import type { Interval } from './estimate.ts'

/**
 * Tests and confidence sequences by betting: a gambler bets against a claimed mean, observation by observation; if the claim is
 * true, the wealth exceeds 1/α at any time with probability at most α (Ville). So one may look after every observation,
 * and stop at any time. Source: Waudby-Smith & Ramdas (2024), Estimating means of bounded random variables by betting,
 * JRSS B 86(1). The wealth is divided among purses that each bet a fixed share (their section 5.6, on a geometric grid): one
 * of them is near the best share for any variance, and the final wealth does not depend on the order of observations.
 */
export type Bet = {
  /** Independent observations in [0, 1], in an order that does not depend on their values. */
  readonly values: ArrayLike<number>
  /** The claimed mean, in [0, 1]. */
  readonly mean: number
  /** `above`: bets that the mean is higher. `below`: that it is lower. */
  readonly side: 'above' | 'below'
  /** The level at which the claim is rejected. */
  readonly alpha: number
}

export type BetOutcome = {
  /** 1 / the highest wealth, at most 1: a p-value of the claim at every time up to now. */
  readonly pValue: number
  /** How many observations it took for the wealth to exceed 1/α; null if it has not. */
  readonly rejectedAfter: number | null
}

/** The shares of the possible loss that the purses bet. */
const shares = Float64Array.from({ length: 10 }, (_, index) => 0.95 * 2 ** -index)

/** Less than this can be lost only if the claim is a mean of 0 or 1, which a single other value refutes. */
const leastExposure = 1e-12

/** Keeps products of thousands of factors between 0 and infinity. */
const largestWealth = 1e100

/** @throws RangeError if an observation, the mean or alpha is out of range. */
export function placeBets(bet: Bet): BetOutcome {
  requireShare('mean', bet.mean)
  if (!(bet.alpha > 0 && bet.alpha < 1)) throw new RangeError(`alpha must be between 0 and 1, got ${bet.alpha}`)
  requireShares(bet.values)
  const { highest, rejectedAfter } = play(bet, false)
  return { pValue: Math.exp(-highest), rejectedAfter }
}

/** `highest`: the logarithm of the highest wealth up to the end, or up to the rejection if `stop` is set. */
function play({ values, mean, side, alpha }: Bet, stop: boolean) {
  // What one unit of stake can lose: the distance from the mean to the end of [0, 1].
  const exposure = Math.max(leastExposure, side === 'above' ? mean : 1 - mean)
  const gain = (side === 'above' ? 1 : -1) / exposure
  const purses = new Float64Array(shares.length).fill(1 / shares.length)
  const goal = Math.log(1 / alpha)
  let logScale = 0
  let highest = 0
  let rejectedAfter: number | null = null
  for (let i = 0; i < values.length; i++) {
    const won = gain * (values[i] - mean)
    let wealth = 0
    for (let k = 0; k < shares.length; k++) {
      purses[k] *= 1 + shares[k] * won
      wealth += purses[k]
    }
    const logWealth = logScale + Math.log(wealth)
    if (logWealth > highest) highest = logWealth
    if (rejectedAfter === null && logWealth >= goal) {
      rejectedAfter = i + 1
      if (stop) break
    }
    if (wealth > largestWealth || wealth < 1 / largestWealth) {
      for (let k = 0; k < shares.length; k++) purses[k] /= wealth
      logScale = logWealth
    }
  }
  return { highest, rejectedAfter }
}

/**
 * An interval for the mean that holds at all times at once with probability at least `confidence`. Observations as in
 * `Bet`. [0, 1] if there are none.
 * @throws RangeError if an observation is out of range.
 */
export function bettingInterval(values: ArrayLike<number>, confidence: number): Interval {
  requireShares(values)
  const alpha = (1 - confidence) / 2
  const refuted = (mean: number, side: Bet['side']): boolean =>
    play({ values, mean, side, alpha }, true).rejectedAfter !== null
  return {
    low: boundary((mean) => refuted(mean, 'above')),
    high: 1 - boundary((distance) => refuted(1 - distance, 'below')),
  }
}

/** To 4e-6: far finer than any interval is wide. */
const halvings = 18

/** The largest x in [0, 1] for which `holds`, which is true up to some x; 0 if it holds nowhere. */
function boundary(holds: (x: number) => boolean): number {
  let low = 0
  let high = 1
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

function requireShares(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) requireShare(`observation ${i}`, values[i])
}

function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be in [0, 1], got ${value}`)
}
