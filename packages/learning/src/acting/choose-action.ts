/** How an action is chosen from logits: drawn from their softmax, or the first of the largest. */
export type Acting = 'sampled' | 'greedy'

/**
 * Reads logits from `output` at `offset` … `offset + actions − 1`. `uniform` in [0, 1) decides by inversion, so that a
 * number gives the same action in any batch.
 */
export function sampleAction(output: Float32Array, offset: number, actions: number, uniform: number): number {
  const largest = output[offset + greedyAction(output, offset, actions)]
  let total = 0
  for (let a = 0; a < actions; a++) total += Math.exp(output[offset + a] - largest)
  let rest = uniform * total
  for (let a = 0; a < actions - 1; a++) {
    rest -= Math.exp(output[offset + a] - largest)
    if (rest < 0) return a
  }
  return actions - 1
}

export function greedyAction(output: Float32Array, offset: number, actions: number): number {
  let best = 0
  for (let a = 1; a < actions; a++) if (output[offset + a] > output[offset + best]) best = a
  return best
}

/** Chooses one of `actions`, whose logits begin at `offset` of an output. */
export type ActingRule = {
  choose(output: Float32Array, offset: number, uniform: () => number): number
  /** Writes the distribution [actions] that `choose` draws from. */
  describe(output: Float32Array, offset: number, into: Float64Array): void
}

export function actingRules(actions: number): Readonly<Record<Acting, ActingRule>> {
  return {
    sampled: {
      choose: (output, offset, uniform) => sampleAction(output, offset, actions, uniform()),
      describe(output, offset, into) {
        const largest = output[offset + greedyAction(output, offset, actions)]
        let total = 0
        for (let a = 0; a < actions; a++) total += into[a] = Math.exp(output[offset + a] - largest)
        for (let a = 0; a < actions; a++) into[a] /= total
      },
    },
    greedy: {
      choose: (output, offset) => greedyAction(output, offset, actions),
      describe(output, offset, into) {
        into.fill(0)
        into[greedyAction(output, offset, actions)] = 1
      },
    },
  }
}

export function logProbability(output: Float32Array, offset: number, actions: number, action: number): number {
  const largest = output[offset + greedyAction(output, offset, actions)]
  let total = 0
  for (let a = 0; a < actions; a++) total += Math.exp(output[offset + a] - largest)
  return output[offset + action] - largest - Math.log(total)
}
