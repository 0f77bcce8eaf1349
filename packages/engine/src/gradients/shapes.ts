import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import {
  axesIn,
  extentsIn,
  numberIn,
  numbersIn,
  paddingsIn,
  stridedSliceIn,
  type Attributes,
} from '../kernel-attributes.ts'
import type { ManyOutputsRule, Rules } from './rule.ts'

/** Kernels that only move elements: their gradients move them back. */
export const shapeRules: Rules = {
  Reshape: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }) },
  ExpandDims: { inputs: ['input'], gradient: (dy, [input]) => ({ input: () => tf.reshape(dy, input.shape) }) },
  Transpose: {
    gradient: (dy, _saved, attributes) => ({
      x: () => tf.transpose(dy, inversePermutation(numbersIn(attributes, 'perm'))),
    }),
  },
  Slice: {
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({ x: () => padTo(dy, x.shape, [extentsIn(attributes, 'begin')].flat()) }),
  },
  StridedSlice: { inputs: ['x'], gradient: (dy, [x], attributes) => ({ x: () => unstride(dy, x.shape, attributes) }) },
  PadV2: {
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({
      x: () =>
        tf.slice(
          dy,
          paddingsIn(attributes, 'paddings').map(([before]) => before),
          x.shape,
        ),
    }),
  },
  Tile: {
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({ x: () => sumRepeats(dy, x.shape, numbersIn(attributes, 'reps')) }),
  },
  Concat: {
    inputs: 'all',
    gradient(dy, parts, attributes) {
      const [along] = axesIn(attributes, 'axis', dy.shape)
      let next = 0
      return parts.map(({ shape }) => {
        const begin = shape.map((_size, i) => (i === along ? next : 0))
        next += shape[along]
        return () => tf.slice(dy, begin, shape)
      })
    },
  },
  Pack: {
    inputs: 'all',
    gradient(dy, parts, { axis }) {
      const along = Number(axis)
      return parts.map(({ shape }, place) => {
        const begin = dy.shape.map((_size, i) => (i === along ? place : 0))
        const size = dy.shape.map((length, i) => (i === along ? 1 : length))
        return () => tf.reshape(tf.slice(dy, begin, size), shape)
      })
    },
  },
}

export const separationRules: Readonly<Record<string, ManyOutputsRule>> = {
  SplitV: (dys, attributes) => ({ x: () => tf.concat(dys, numberIn(attributes, 'axis')) }),
  Unpack: (dys, attributes) => ({ value: () => tf.stack(dys, numberIn(attributes, 'axis')) }),
}

function inversePermutation(permutation: readonly number[]): number[] {
  const inverse: number[] = []
  permutation.forEach((from, to) => (inverse[from] = to))
  return inverse
}

/** Zeros of that shape, with `x` in them from `begin` on. */
function padTo(x: Tensor, shape: readonly number[], begin: readonly number[]): Tensor {
  return tf.pad(
    x,
    shape.map((size, i) => [begin[i], size - begin[i] - x.shape[i]]),
  )
}

/** Undoes a slice with positive strides: zeros between the elements, and around them. */
function unstride(dy: Tensor, shape: number[], attributes: Attributes): Tensor {
  const { begin, end, strides } = stridedSliceIn(attributes, shape)
  if (strides.some((stride) => stride < 1)) throw new TypeError('only forward slices can be differentiated')
  const counts = tf.slice_util.computeOutShape(begin, end, strides)
  const apart = spreadOut(tf.reshape(dy, counts), strides)
  return padTo(apart, shape, begin)
}

/** `x` with strides[i] − 1 zeros between its elements along axis i. */
export function spreadOut(x: Tensor, strides: readonly number[]): Tensor {
  return strides.reduce((spaced, stride, axis) => {
    if (stride === 1) return spaced
    const [outer, inner] = [spaced.shape.slice(0, axis), spaced.shape.slice(axis + 1)]
    // Three axes are enough, and not every backend pads more than four.
    const rows = tf.reshape(spaced, [-1, 1, tf.util.sizeFromShape(inner)])
    const padded = tf.pad(rows, [
      [0, 0],
      [0, stride - 1],
      [0, 0],
    ])
    const length = spaced.shape[axis] * stride
    const joined = tf.reshape(padded, [...outer, length, ...inner])
    return tf.slice(
      joined,
      joined.shape.map(() => 0),
      [...outer, length - stride + 1, ...inner],
    )
  }, x)
}

/** Sums over the repetitions of each element. */
function sumRepeats(dy: Tensor, shape: readonly number[], repetitions: readonly number[]): Tensor {
  const split: number[] = []
  const repeated: number[] = []
  repetitions.forEach((count, i) => {
    if (count > 1) repeated.push(split.push(count) - 1)
    split.push(shape[i])
  })
  return tf.reshape(repeated.length === 0 ? dy : tf.sum(tf.reshape(dy, split), repeated), [...shape])
}
