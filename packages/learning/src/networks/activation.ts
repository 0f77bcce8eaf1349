import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Activation } from './network-spec.ts'

export type ActivationName = Activation | 'linear'

/** The gradient before an activation, from the one behind it and the activation's output `y`. */
export function throughActivation<T extends Tensor>(dy: T, y: T, activation: ActivationName): T {
  if (activation === 'relu') return tf.mul(dy, tf.step(y))
  if (activation === 'tanh') return tf.mul(dy, tf.sub(1, tf.square(y)))
  return dy
}
