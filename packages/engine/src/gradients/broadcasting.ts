import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/** Sums over broadcast axes, so that the result has the shape of `like`. */
export function reduceTo(dy: Tensor, like: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(like.shape, dy.shape)
  const reduced = axes.length > 0 ? tf.sum(dy, axes) : dy
  return tf.reshape(reduced, like.shape)
}

/** `y` with the axes restored, with size 1, that a reduction of an `x` of this shape removed. */
export function restoreAxes(y: Tensor, shape: readonly number[], axes: readonly number[]): Tensor {
  return tf.reshape(
    y,
    shape.map((size, i) => (axes.includes(i) ? 1 : size)),
  )
}
