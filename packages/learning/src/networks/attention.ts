import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { affine } from './dense.ts'
import type { Layer } from './layer.ts'
import { constant, type ParameterSpec } from './parameters.ts'

/** Which columns sequences fill. */
export type Window = {
  readonly columns: number
  /** [n] int32, the column of each sequence's first token; null if that is always 0. */
  readonly starts: Tensor | null
}

/** Causal attention of several heads, [n · C, D] to [n · C, D]; its projection follows. */
export function attentionHeads(
  name: string,
  { width, heads }: { readonly width: number; readonly heads: number },
  window: Window,
): Layer {
  const size = width / heads
  const groups = [0, 1, 2].map(() => ({ columns: width, gain: 1 }))
  const weights: ParameterSpec = {
    name: `${name}.attention.weight`,
    shape: [width, 3 * width],
    initial: { kind: 'orthogonal', groups },
  }
  const apart = (x: Tensor): Tensor => tf.transpose(tf.reshape(x, [-1, window.columns, heads, size]), [0, 2, 1, 3])
  return {
    parameters: [weights, constant(`${name}.attention.bias`, 3 * width, 0)],
    apply(x, [weight, bias]) {
      const [queries, keys, values] = tf.split(affine(x, weight, bias), 3, 1).map(apart)
      const scores = tf.matMul(tf.mul(queries, 1 / Math.sqrt(size)), tf.transpose(keys, [0, 1, 3, 2]))
      const attention = tf.softmax(tf.add(scores, hidden(window)))
      return tf.reshape(tf.transpose(tf.matMul(attention, values), [0, 2, 1, 3]), [-1, width])
    },
  }
}

/** −10⁹, which no score outweighs, where a column may not be seen: [C, C], or [n, 1, C, C] with padding. */
function hidden({ columns, starts }: Window): Tensor {
  const future = futureMask(columns)
  if (starts === null) return future
  const column = tf.tensor2d(
    Int32Array.from({ length: columns }, (_, i) => i),
    [1, columns],
    'int32',
  )
  const padding = tf.cast(tf.less(column, tf.reshape(starts, [-1, 1])), 'float32')
  return tf.add(tf.mul(tf.reshape(padding, [-1, 1, 1, columns]), -1e9), future)
}

/** [C, C]: −10⁹ if a column is after its row. */
function futureMask(columns: number): Tensor {
  const mask = Float32Array.from({ length: columns ** 2 }, (_, i) => (i % columns > Math.floor(i / columns) ? -1e9 : 0))
  return tf.tensor2d(mask, [columns, columns])
}
