import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'

/** Log-probabilities of logits [n, actions]; the gradient is dy − softmax · Σ dy, row by row. */
export const logSoftmax = tf.customGrad((...given) => {
  const [logits, save] = given as unknown as [Tensor2D, tf.GradSaveFunc]
  const shifted = tf.sub(logits, tf.max(logits, 1, true))
  const logProbabilities = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)))
  save([logProbabilities])
  return {
    value: logProbabilities,
    gradFunc: (dy: Tensor, saved: Tensor[]) =>
      tf.sub(dy, tf.mul(tf.exp(saved[0]), tf.sum(dy, 1, true))),
  }
})
