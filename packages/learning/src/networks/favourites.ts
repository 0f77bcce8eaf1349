import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/** [n, k] 1 for the largest logit of each row; shared where several are equally large. */
export function favourites(logits: Tensor): Tensor {
  const chosen = tf.sub(1, tf.step(tf.sub(tf.max(logits, 1, true), logits)))
  return tf.div(chosen, tf.sum(chosen, 1, true))
}
