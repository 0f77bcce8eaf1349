import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D } from '@tensorflow/tfjs-core'
import { adam, type AdamState, type AdamStep } from './adam.ts'
import { product, type ParameterLayout } from '../networks/parameters.ts'

const adamEpsilon = 1e-8

export type Decay = {
  /** Per step and unit of the learning rate. */
  readonly rate: number
  /** [P] 1 for the parameters that decay. */
  readonly mask: Tensor1D
}

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2017, arXiv 1711.05101, algorithm 2). */
export function adamw(state: AdamState, gradient: Tensor1D, { rate, mask, ...step }: AdamStep & Decay): AdamState {
  const { parameters, ...moments } = adam(state, gradient, { ...step, epsilon: adamEpsilon })
  const decayed = tf.mul(tf.mul(state.parameters, mask), tf.mul(step.learningRate, rate))
  return { parameters: tf.sub(parameters, decayed), ...moments }
}

/** [P] 1 for weights of layers and the unembedding; 0 for embeddings, positions, norms and biases. */
export function decayMask({ parameters, size }: ParameterLayout): Float32Array {
  const mask = new Float32Array(size)
  let offset = 0
  for (const { name, shape } of parameters) {
    const length = product(shape)
    if (shape.length > 1 && name !== 'embedding' && name !== 'positions') mask.fill(1, offset, offset + length)
    offset += length
  }
  return mask
}
