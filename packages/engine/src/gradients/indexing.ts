import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { reduceTo } from './broadcasting.ts'
import type { Rules } from './rule.ts'

export const indexingRules: Rules = {
  GatherV2: {
    inputs: ['x', 'indices'],
    gradient: (dy, [x, indices], { axis, batchDims }) => ({
      x() {
        if (batchDims !== 0) throw new TypeError('only gathering without batch dimensions can be differentiated')
        return scatterRows(dy, { indices, shape: x.shape, axis: Number(axis) })
      },
      indices: () => tf.zeros(indices.shape),
    }),
  },
  // Selecting, unlike a product with the condition, lets no infinity through from the unselected side.
  Select: {
    inputs: ['condition', 't', 'e'],
    gradient: (dy, [condition, t, e]) => ({
      condition: () => tf.zeros(condition.shape),
      t: () => reduceTo(tf.where(condition, dy, tf.zeros(dy.shape)), t),
      e: () => reduceTo(tf.where(condition, tf.zeros(dy.shape), dy), e),
    }),
  },
}

type Gathered = { readonly indices: Tensor; readonly shape: number[]; readonly axis: number }

/** Adds up, for each row of x along the axis, the gradients of the places to which it was copied. */
function scatterRows(dy: Tensor, { indices, shape, axis }: Gathered): Tensor {
  const before = shape.slice(0, axis)
  const after = shape.slice(axis + 1)
  const [outer, rows, inner] = [tf.util.sizeFromShape(before), shape[axis], tf.util.sizeFromShape(after)]
  const first = tf.transpose(tf.reshape(dy, [outer, indices.size, inner]), [1, 0, 2])
  const flat = tf.reshape(first, [indices.size, outer * inner])
  const sums = tf.unsortedSegmentSum(flat, tf.reshape(tf.cast(indices, 'int32'), [-1]), rows)
  return tf.reshape(tf.transpose(tf.reshape(sums, [rows, outer, inner]), [1, 0, 2]), shape)
}
