import { ascendingOrder } from '../ascending-order.ts'
import { drawPool } from '../draw-pool.ts'
import type { ErrorDistribution } from '../error-distributions.ts'
import type { RankedPool } from '../policy-point.ts'

export const withoutPause = async (): Promise<void> => {}

/** A pool as the executor makes it, in order of reward. */
export async function drawRankedPool(
  error: ErrorDistribution,
  { seed = 1, draws = 2 ** 18, utilityScale = 1 } = {},
): Promise<RankedPool> {
  const pool = await drawPool({ seed, draws, utilityScale, error }, withoutPause)
  const order = await ascendingOrder(pool.reward, withoutPause)
  return {
    reward: Float64Array.from(order, (index) => pool.reward[index]),
    utility: Float64Array.from(order, (index) => pool.utility[index]),
  }
}
