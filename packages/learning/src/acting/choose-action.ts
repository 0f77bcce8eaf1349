/** How an action is chosen from logits: drawn from their softmax, or the first of the largest. */
export type Acting = 'sampled' | 'greedy'

/**
 * Reads logits from `output` at `offset` … `offset + actions − 1`. `uniform` in [0, 1) decides by inversion, so that one
 * number means one action whatever else is in the batch.
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

export function logProbability(output: Float32Array, offset: number, actions: number, action: number): number {
  const largest = output[offset + greedyAction(output, offset, actions)]
  let total = 0
  for (let a = 0; a < actions; a++) total += Math.exp(output[offset + a] - largest)
  return output[offset + action] - largest - Math.log(total)
}
