import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Activation } from './network-spec.ts'

export type ActivationName = Activation | 'gelu' | 'linear'

const functions: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu: (x) => tf.relu(x),
  tanh: (x) => tf.tanh(x),
  // x·Φ(x), exactly (Hendrycks & Gimpel, 2016, arXiv 1606.08415)
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  linear: (x) => x,
}

export function activate(x: Tensor, activation: ActivationName): Tensor {
  return functions[activation](x)
}
