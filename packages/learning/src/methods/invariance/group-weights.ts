export type InvarianceOptions = {
  /**
   * `v-rex`: the mean return of the groups minus `strength` times its variance over them (Krueger et al., 2021, arXiv
   * 2003.00688). `group-dro`: groups of low return gain weight, exponentially with rate `strength` (Sagawa et al., 2020,
   * arXiv 1911.08731).
   */
  readonly penalty: 'v-rex' | 'group-dro'
  /** Slot i of the simulator is in group i mod `groups`. */
  readonly groups: number
  readonly strength: number
}

/** Of a group under `group-dro`: a weight of 0 would stay 0. */
const leastWeight = 1e-3

/** The weight of each group in the policy's gradient; 1 on average. */
export type GroupWeights = {
  /** Weighs groups by their returns in this iteration. Without a return in every group, weights stay as they are. */
  update(returns: readonly (number | null)[]): void
  current(): readonly number[]
  restore(weights: readonly number[]): void
}

export function createGroupWeights({ penalty, groups, strength }: InvarianceOptions): GroupWeights {
  let weights: readonly number[] = Array.from({ length: groups }, () => 1)
  const next = penalty === 'v-rex' ? equalizing : favouringWeak
  return {
    update(returns) {
      const known = returns.filter((value) => value !== null)
      if (known.length === groups) weights = next(weights, known, strength)
    },
    current: () => weights,
    restore(given) {
      weights = given
    },
  }
}

/**
 * The gradient of mean − strength · variance is that of Σ w·R/groups with w = 1 − 2·strength·(R − mean). Weights below 0,
 * by which a good group would be unlearned, are 0.
 */
function equalizing(_: readonly number[], returns: readonly number[], strength: number): readonly number[] {
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
  return normalize(returns.map((value) => Math.max(0, 1 - 2 * strength * (value - mean))))
}

/** One step of exponentiated gradient ascent on the groups' losses, which are −R. */
function favouringWeak(weights: readonly number[], returns: readonly number[], strength: number): readonly number[] {
  // Relative to the weakest group, so that no factor overflows.
  const least = Math.min(...returns)
  const moved = weights.map((weight, group) => weight * Math.exp(-strength * (returns[group] - least)))
  return normalize(moved.map((weight) => Math.max(weight, leastWeight)))
}

/** With mean 1. */
function normalize(weights: readonly number[]): readonly number[] {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return weights.map((weight) => weight / mean)
}
