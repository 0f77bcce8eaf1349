import type { Interval } from './estimate.ts'

/**
 * Tests and confidence sequences by betting: a gambler bets against a claimed mean, observation by observation; if the claim is
 * true, the wealth exceeds 1/α at any time with probability at most α (Ville). So one may look after every observation,
 * and stop when one likes. Source: Waudby-Smith & Ramdas (2024), Estimating means of bounded random variables by betting,
 * JRSS B 86(1): predictable plug-in bets, their equation 26 with c = 1/2.
 */
export type Bet = {
  /** Independent observations in [0, 1], in an order that does not depend on their values. */
  readonly values: ArrayLike<number>
  /** The claimed mean, in [0, 1]. */
  readonly mean: number
  /** `above`: bets that the mean is higher. `below`: that it is lower. */
  readonly side: 'above' | 'below'
  /** The level for which bets are sized; any other level is valid, too. */
  readonly alpha: number
}

export type BetOutcome = {
  /** 1 / the highest wealth, at most 1: a p-value of the claim at every time up to now. */
  readonly pValue: number
  /** How many observations it took for the wealth to exceed 1/α; null if it has not. */
  readonly rejectedAfter: number | null
}

/** The largest share of the possible loss that is bet at once. */
const largestStake = 0.5

/** @throws RangeError if a value, the mean or alpha is out of range. */
export function placeBets({ values, mean, side, alpha }: Bet): BetOutcome {
  requireShare('mean', mean)
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be between 0 and 1, got ${alpha}`)
  const sign = side === 'above' ? 1 : -1
  // What one unit of stake can lose: the distance from the mean to the end of [0, 1].
  const exposure = side === 'above' ? mean : 1 - mean
  const goal = Math.log(1 / alpha)
  const bets = createBets(goal)
  let logWealth = 0
  let highest = 0
  let rejectedAfter: number | null = null
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    requireShare(`observation ${i}`, value)
    const stake = Math.min(bets.next(), largestStake / exposure)
    logWealth += Math.log1p(sign * stake * (value - mean))
    bets.observe(value)
    if (logWealth > highest) highest = logWealth
    if (rejectedAfter === null && logWealth >= goal) rejectedAfter = i + 1
  }
  return { pValue: Math.exp(-highest), rejectedAfter }
}

/** Sizes of bets from what was seen before them: smaller the more the observations vary. */
function createBets(goal: number) {
  let count = 0
  let sum = 0
  let squares = 0
  return {
    next(): number {
      const variance = (0.25 + squares) / (count + 1)
      return Math.sqrt((2 * goal) / (variance * (count + 1) * Math.log(count + 2)))
    },
    observe(value: number): void {
      count += 1
      sum += value
      const average = (0.5 + sum) / (count + 1)
      squares += (value - average) ** 2
    },
  }
}

/**
 * An interval for the mean that holds at all times at once with probability at least `confidence`. Observations as in
 * `Bet`. [0, 1] if there are none.
 */
export function bettingInterval(values: ArrayLike<number>, confidence: number): Interval {
  const alpha = (1 - confidence) / 2
  const refuted = (mean: number, side: Bet['side']): boolean =>
    placeBets({ values, mean, side, alpha }).rejectedAfter !== null
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

function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be in [0, 1], got ${value}`)
}
