/** One rollout of B environments over T steps; all arrays are [T × B], step-major, unless said otherwise. */
export type AdvantageInput = {
  readonly environments: number
  readonly rewards: Float32Array
  /** V(s_t) */
  readonly values: Float32Array
  /** 1 if the episode ended by its rules at step t: nothing follows. */
  readonly terminated: Uint8Array
  /** 1 if the step limit cut the episode off at step t. */
  readonly truncated: Uint8Array
  /** If truncated: the value of the cut-off episode from its last observation on, or 0. Otherwise ignored. */
  readonly cutValues: Float32Array
  /** [B] V(s_T), of the observation after the last step. */
  readonly lastValues: Float32Array
  readonly discount: number
  readonly lambda: number
}

export type Advantages = {
  readonly advantages: Float32Array
  /** The value targets: advantage + value. */
  readonly returns: Float32Array
}

/**
 * Generalised advantage estimation (Schulman et al., 2015, arXiv 1506.02438):
 * δ_t = r_t + γ·V(s_{t+1}) − V(s_t), A_t = δ_t + γλ·A_{t+1}, and neither crosses the end of an episode.
 */
export function estimateAdvantages(input: AdvantageInput): Advantages {
  const { environments, rewards, values, discount, lambda } = input
  const advantages = new Float32Array(rewards.length)
  const returns = new Float32Array(rewards.length)
  for (let slot = 0; slot < environments; slot++) {
    let following = 0
    let nextValue = input.lastValues[slot]
    for (let i = rewards.length - environments + slot; i >= 0; i -= environments) {
      if (input.terminated[i] === 1 || input.truncated[i] === 1) {
        following = 0
        nextValue = input.terminated[i] === 1 ? 0 : input.cutValues[i]
      }
      following = rewards[i] + discount * nextValue - values[i] + discount * lambda * following
      nextValue = values[i]
      advantages[i] = following
      returns[i] = following + values[i]
    }
  }
  return { advantages, returns }
}

/** 1 − Var(returns − values) / Var(returns): 1 if the values explain everything; 0 if returns do not vary. */
export function explainedVariance(values: Float32Array, returns: Float32Array): number {
  const total = variance(returns, (i) => returns[i])
  return total === 0 ? 0 : 1 - variance(returns, (i) => returns[i] - values[i]) / total
}

function variance(array: Float32Array, at: (index: number) => number): number {
  let mean = 0
  for (let i = 0; i < array.length; i++) mean += at(i)
  mean /= array.length
  let sum = 0
  for (let i = 0; i < array.length; i++) sum += (at(i) - mean) ** 2
  return sum / array.length
}
