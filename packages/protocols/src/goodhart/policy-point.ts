/** The results of a policy that reweights the draws of a pool. Expectations are weighted means over the pool. */
export type PolicyPoint = {
  /** E[R] */
  readonly reward: number
  /** E[U] */
  readonly utility: number
  /** KL divergence from the base policy, in nats. */
  readonly kl: number
  /** 1 / Σ w²: how many equally weighted draws would be as noisy. Small numbers mean that few draws decide. */
  readonly effectiveDraws: number
}

/** The draws of a pool in ascending order of reward, each array [draws]. */
export type RankedPool = {
  readonly reward: Float64Array
  readonly utility: Float64Array
}
