import type { PolicyPoint, RankedPool } from './policy-point.ts'

/** Weights fall off exponentially: below this they add nothing to a sum, and denormal numbers are slow. */
const negligibleWeight = 1e-100

/**
 * Best-of-N by a U-statistic: the mean over all subsets of N of the pool's M draws, in closed form. The draw of rank i
 * (1 is the smallest reward) is the best of C(i−1, N−1) of the C(M, N) subsets. Unbiased for every N ≤ M, and with half
 * the variance of M/N disjoint groups for large N.
 */
export function evaluateBestOfN({ reward, utility }: RankedPool, n: number): PolicyPoint {
  const draws = reward.length
  if (!Number.isInteger(n) || n < 1 || n > draws)
    throw new RangeError(`N must be an integer from 1 to ${draws}, got ${n}`)
  let weight = n / draws
  let rewardSum = 0
  let utilitySum = 0
  let squares = 0
  for (let rank = draws; rank >= n && weight > negligibleWeight; rank--) {
    rewardSum += weight * reward[rank - 1]
    utilitySum += weight * utility[rank - 1]
    squares += weight * weight
    weight *= (rank - n) / (rank - 1)
  }
  return { reward: rewardSum, utility: utilitySum, kl: bestOfNDivergence(n), effectiveDraws: 1 / squares }
}

/**
 * KL divergence of best-of-N from the base policy, log N − (N−1)/N nats: exact where rewards have a density, as here,
 * and an upper bound otherwise (Beirami et al., "Theoretical guarantees on the best-of-n alignment policy",
 * arXiv 2401.01879).
 */
export function bestOfNDivergence(n: number): number {
  return Math.log(n) - (n - 1) / n
}
