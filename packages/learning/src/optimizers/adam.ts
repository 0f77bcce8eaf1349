import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor1D } from '@tensorflow/tfjs-core'

export const adamDecay = { first: 0.9, second: 0.999 } as const

/** All parameters and both moments, each one flat vector [P]: a dozen kernels per update for any network. */
export type AdamState = {
  readonly parameters: Tensor1D
  readonly firstMoment: Tensor1D
  readonly secondMoment: Tensor1D
}

/** The values that change from step to step, as scalars, so that the function itself does not change. */
export type AdamStep = {
  readonly learningRate: Scalar
  /** 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ) at step t = 1, 2, … */
  readonly firstCorrection: Scalar
  readonly secondCorrection: Scalar
}

/** Adam (Kingma & Ba, 2014, arXiv 1412.6980, algorithm 1). */
export function adam(state: AdamState, gradient: Tensor1D, step: AdamStep & { readonly epsilon: number }): AdamState {
  const firstMoment = decayed(state.firstMoment, gradient, adamDecay.first)
  const secondMoment = decayed(state.secondMoment, tf.square(gradient), adamDecay.second)
  const deviation = tf.add(tf.sqrt(tf.mul(secondMoment, step.secondCorrection)), step.epsilon)
  const direction = tf.div(tf.mul(firstMoment, tf.mul(step.firstCorrection, step.learningRate)), deviation)
  return { parameters: tf.sub(state.parameters, direction), firstMoment, secondMoment }
}

function decayed(average: Tensor1D, value: Tensor1D, decay: number): Tensor1D {
  return tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay))
}

/** The corrections of step t = 1, 2, … */
export function biasCorrections(step: number): { first: number; second: number } {
  return { first: 1 / (1 - adamDecay.first ** step), second: 1 / (1 - adamDecay.second ** step) }
}

/** Scales the gradient down to `maxNorm` if its Euclidean norm is larger. */
export function clipGradient(gradient: Tensor1D, maxNorm: number): { gradient: Tensor1D; norm: Scalar } {
  const norm: Scalar = tf.sqrt(tf.sum(tf.square(gradient)))
  return { gradient: tf.mul(gradient, tf.div(maxNorm, tf.maximum(norm, maxNorm))), norm }
}
