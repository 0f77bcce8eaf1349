import type { PolicyPoint, RankedPool } from './policy-point.ts'

const maxEvaluations = 200
const relativeTolerance = 1e-9

/** A tilted policy and how strongly it is tilted. */
export type TiltedPoint = PolicyPoint & { readonly beta: number }

type Bracket = { readonly low: number; readonly high: number }

type Tilt = TiltedPoint & { readonly rewardVariance: number }

/**
 * The reweighting of the draws with the highest mean reward among those with a KL divergence of at most `budget` nats:
 * weights ∝ exp(βR), with β found by Newton's method inside a bracket, since dKL/dβ = β·Var(R).
 *
 * `budget` must be below log(number of draws), where all weight lies on the best draw. `start` is a guess of β.
 */
export async function tiltToBudget(
  pool: RankedPool,
  target: { readonly budget: number; readonly start?: number },
  yieldToEventLoop: () => Promise<void>,
): Promise<TiltedPoint> {
  const { budget } = target
  if (!(budget > 0 && budget < Math.log(pool.reward.length)))
    throw new RangeError(`The budget must lie between 0 and log(${pool.reward.length}) nats, got ${budget}`)
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let beta = target.start ?? smallTilt(tiltBy(pool, 0).rewardVariance, budget)
  let tilt = tiltBy(pool, beta)
  for (let i = 0; i < maxEvaluations && Math.abs(tilt.kl - budget) > relativeTolerance * budget; i++) {
    if (tilt.kl < budget) low = beta
    else high = beta
    beta = nextBeta(tilt, budget, { low, high })
    if (beta === low || beta === high) break
    await yieldToEventLoop()
    tilt = tiltBy(pool, beta)
  }
  const { rewardVariance: _, ...point } = tilt
  return point
}

/** KL ≈ β²·Var(R)/2 for small β. */
function smallTilt(variance: number, budget: number): number {
  return Math.sqrt((2 * budget) / variance)
}

/**
 * A Newton step on log KL as a function of log β if it stays inside the bracket, else the bracket's middle. On these
 * scales KL is a straight line while it grows like β² (all draws), and nearly one where it grows exponentially (few
 * draws).
 */
function nextBeta({ beta, kl, rewardVariance }: Tilt, budget: number, { low, high }: Bracket): number {
  const slope = (beta * beta * rewardVariance) / kl
  const newton = beta * Math.exp(Math.log(budget / kl) / slope)
  if (newton > low && newton < Math.min(high, 4 * beta)) return newton
  return Number.isFinite(high) ? (low + high) / 2 : 2 * beta
}

/** The policy with weights ∝ exp(β·reward). Rewards are relative to the best one, so that nothing overflows. */
function tiltBy({ reward, utility }: RankedPool, beta: number): Tilt {
  const best = reward[reward.length - 1]
  let sum = 0
  let squares = 0
  let gapSum = 0
  let gapSquares = 0
  let utilitySum = 0
  for (let i = 0; i < reward.length; i++) {
    const gap = reward[i] - best
    const weight = Math.exp(beta * gap)
    sum += weight
    squares += weight * weight
    gapSum += weight * gap
    gapSquares += weight * gap * gap
    utilitySum += weight * utility[i]
  }
  const gap = gapSum / sum
  return {
    beta,
    reward: best + gap,
    utility: utilitySum / sum,
    kl: beta * gap - Math.log(sum / reward.length),
    effectiveDraws: (sum * sum) / squares,
    rewardVariance: gapSquares / sum - gap * gap,
  }
}
