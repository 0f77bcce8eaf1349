import type { Generator } from '@goalpost/random'
import type { Rollout } from '../rollout/rollout.ts'
import type { Advantages } from './advantage.ts'

/** One minibatch of n samples; the arrays are filled anew for each. Names are those of `createUpdate`. */
export type Minibatch = {
  readonly observations: Float32Array
  readonly actions: Int32Array
  readonly logProbabilities: Float32Array
  readonly advantages: Float32Array
  readonly returns: Float32Array
  readonly values: Float32Array
}

export function createMinibatch(samples: number, input: number): Minibatch {
  return {
    observations: new Float32Array(samples * input),
    actions: new Int32Array(samples),
    logProbabilities: new Float32Array(samples),
    advantages: new Float32Array(samples),
    returns: new Float32Array(samples),
    values: new Float32Array(samples),
  }
}

/** Copies the samples `order[from]` … `order[from + n − 1]` of a rollout into the minibatch. */
export function fillMinibatch(target: Minibatch, source: Rollout & Advantages, order: Int32Array, from: number): void {
  const samples = target.actions.length
  const input = target.observations.length / samples
  for (let i = 0; i < samples; i++) {
    const sample = order[from + i]
    target.actions[i] = source.actions[sample]
    target.logProbabilities[i] = source.logProbabilities[sample]
    target.advantages[i] = source.advantages[sample]
    target.returns[i] = source.returns[sample]
    target.values[i] = source.values[sample]
    copyRow(target.observations, i * input, source.observations, sample * input, input)
  }
}

function copyRow(target: Float32Array, to: number, source: Uint8Array, from: number, length: number): void {
  for (let j = 0; j < length; j++) target[to + j] = source[from + j]
}

/** Shuffles `order` in place (Fisher–Yates), starting from the identity so that it depends on the generator alone. */
export function shuffle(order: Int32Array, random: Generator): void {
  for (let i = 0; i < order.length; i++) order[i] = i
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const other = order[j]
    order[j] = order[i]
    order[i] = other
  }
}
