import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { activate } from './activation.ts'
import type { DenseOptions } from './dense.ts'
import type { Layer } from './layer.ts'
import { constant, orthogonal } from './parameters.ts'
import { positionBytes, type Planes } from './planes.ts'

/**
 * activation(x · weight + bias) for rows of `readPlanes`, [n, length] to [n, to], where x is the whole
 * observation [n, height · width · channels] after cropping. The weight is that of a dense layer, row for row. For a
 * one-hot channel, the product would use one row and multiply all others by zero, so that row is looked up. Rows of
 * channels that are left out would always meet zeros: they keep their initial values.
 */
export function planeLayer(name: string, planes: Planes, { from, to, activation, gain }: DenseOptions): Layer {
  return {
    parameters: [orthogonal(`${name}.weight`, [from, to], gain), constant(`${name}.bias`, to, 0)],
    apply: (rows, [weight, bias]) => activate(applyPlanes(planes, withRank(rows, 2), [weight, bias]), activation),
  }
}

function applyPlanes({ image, dense, oneHot }: Planes, rows: Tensor2D, [weight, bias]: readonly Tensor[]): Tensor {
  const channels = image[2]
  const cells = weight.shape[0] / channels
  const byChannel = tf.reshape(weight, [cells, channels, -1])
  const plane = (channel: number) => tf.reshape(tf.slice(byChannel, [0, channel, 0], [-1, 1, -1]), [cells, -1])
  const positions = readPositions(rows, { first: dense.length * cells, cells, count: oneHot.length })
  // An empty channel looks up a row of zeros; the first table has the bias in every row.
  const looked = oneHot.map((channel, k) => {
    const table = tf.pad(plane(channel), [
      [0, 1],
      [0, 0],
    ])
    return tf.gather(k === 0 ? tf.add(table, bias) : table, positions[k])
  })
  const sum = looked.reduce((total, each) => tf.add(total, each))
  if (dense.length === 0) return sum
  const bits = tf.cast(tf.slice(rows, [0, 0], [-1, dense.length * cells]), 'float32')
  return tf.add(tf.matMul(bits, tf.concat(dense.map(plane), 0)), sum)
}

type Positions = { readonly first: number; readonly cells: number; readonly count: number }

/** [n] int32 for each one-hot channel. */
function readPositions(rows: Tensor2D, { first, cells, count }: Positions): Tensor1D[] {
  const size = positionBytes(cells)
  const bytes = tf.cast(tf.slice(rows, [0, first], [-1, size * count]), 'int32')
  const column = (i: number): Tensor1D => tf.reshape(tf.slice(bytes, [0, i], [-1, 1]), [-1])
  if (size === 1) return Array.from({ length: count }, (_, k) => column(k))
  const high = (k: number) => tf.mul(column(2 * k + 1), tf.scalar(256, 'int32'))
  return Array.from({ length: count }, (_, k) => tf.add(column(2 * k), high(k)))
}
