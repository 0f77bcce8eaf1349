import type { PolicyPoint, RankedPool } from './policy-point.ts'

/**
 * The construction behind the theorem of Kwa, Thomas & Garriga-Alonso (arXiv 2407.14503): leave the base policy as it
 * is, but raise the probability of the draws with the highest reward (the top 1/depth of them) from p = 1/depth to the
 * q at which the KL divergence equals `budget`. With a heavy tail E[R] grows without bound as depth grows at equal KL,
 * while q → 0 takes E[U] back to the base policy's.
 */
export function evaluateTailPolicy(
  { reward, utility }: RankedPool,
  { depth, budget }: { readonly depth: number; readonly budget: number },
): PolicyPoint {
  const draws = reward.length
  const top = Math.round(draws / depth)
  if (top < 1 || top >= draws) throw new RangeError(`Depth ${depth} leaves ${top} of ${draws} draws in the tail`)
  const p = top / draws
  const q = raiseProbability(p, budget)
  const above = { reward: mean(reward.subarray(draws - top)), utility: mean(utility.subarray(draws - top)) }
  const below = { reward: mean(reward.subarray(0, draws - top)), utility: mean(utility.subarray(0, draws - top)) }
  return {
    reward: q * above.reward + (1 - q) * below.reward,
    utility: q * above.utility + (1 - q) * below.utility,
    kl: binaryDivergence(q, p),
    effectiveDraws: 1 / ((q * q) / top + ((1 - q) * (1 - q)) / (draws - top)),
  }
}

/** The largest q ≤ 1 whose divergence from p is at most `budget`, by bisection. */
export function raiseProbability(p: number, budget: number): number {
  if (binaryDivergence(1, p) <= budget) return 1
  let low = p
  let high = 1
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (binaryDivergence(middle, p) <= budget) low = middle
    else high = middle
  }
  return low
}

/** KL divergence of a coin that falls heads with probability q from one with p, in nats; 0·log 0 is 0. */
function binaryDivergence(q: number, p: number): number {
  const heads = q === 0 ? 0 : q * Math.log(q / p)
  const tails = q === 1 ? 0 : (1 - q) * Math.log((1 - q) / (1 - p))
  return heads + tails
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
