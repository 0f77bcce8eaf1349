import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * The derivative rules of the kernels that learning uses. The Node build of tfjs-core brings none, and the rules of the
 * umbrella package multiply by transposed matrices, which the wasm backend does ten times slower than transposing first.
 *
 * A rule maps each input's name to a thunk for its gradient, given the gradient `dy` of the kernel's output.
 */
type Rule = {
  readonly inputs?: readonly string[]
  readonly keepsOutput?: boolean
  gradient(dy: Tensor, saved: Tensor[], attributes: Record<string, unknown>): Record<string, () => Tensor>
}

const rules: Record<string, Rule> = {
  Add: { inputs: ['a', 'b'], gradient: (dy, [a, b]) => ({ a: () => reduceTo(dy, a), b: () => reduceTo(dy, b) }) },
  Sub: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({ a: () => reduceTo(dy, a), b: () => reduceTo(tf.neg(dy), b) }),
  },
  Multiply: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({ a: () => reduceTo(tf.mul(dy, b), a), b: () => reduceTo(tf.mul(dy, a), b) }),
  },
  RealDiv: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(tf.div(dy, b), a),
      b: () => reduceTo(tf.neg(tf.div(tf.mul(dy, a), tf.square(b))), b),
    }),
  },
  // At a tie the gradient goes to `a` alone, as in TensorFlow.
  Maximum: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, tf.cast(tf.greaterEqual(a, b), 'float32')), a),
      b: () => reduceTo(tf.mul(dy, tf.cast(tf.less(a, b), 'float32')), b),
    }),
  },
  Minimum: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, tf.cast(tf.lessEqual(a, b), 'float32')), a),
      b: () => reduceTo(tf.mul(dy, tf.cast(tf.greater(a, b), 'float32')), b),
    }),
  },
  Neg: { gradient: (dy) => ({ x: () => tf.neg(dy) }) },
  Exp: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, y) }) },
  Log: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.div(dy, x) }) },
  Square: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x, 2)) }) },
  Sqrt: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.div(dy, tf.mul(y, 2)) }) },
  Relu: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.step(y)) }) },
  Tanh: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.sub(1, tf.square(y))) }) },
  ClipByValue: {
    inputs: ['x'],
    gradient: (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () => {
        const inside = tf.logicalAnd(tf.greaterEqual(x, Number(clipValueMin)), tf.lessEqual(x, Number(clipValueMax)))
        return tf.mul(dy, tf.cast(inside, 'float32'))
      },
    }),
  },
  Sum: { inputs: ['x'], gradient: (dy, [x], { axis }) => ({ x: () => spread(dy, x, axis as number | number[]) }) },
  Mean: {
    inputs: ['x'],
    gradient: (dy, [x], { axis }) => ({
      x: () => tf.mul(spread(dy, x, axis as number | number[]), dy.size / x.size),
    }),
  },
  Reshape: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }) },
  Identity: { gradient: (dy) => ({ x: () => tf.clone(dy) }) },
  Transpose: {
    gradient: (dy, _saved, { perm }) => ({ x: () => tf.transpose(dy, inversePermutation(perm as number[])) }),
  },
  Slice: {
    inputs: ['x'],
    gradient: (dy, [x], { begin }) => ({
      x: () =>
        tf.pad(
          dy,
          (begin as number[]).map((from, i) => [from, x.shape[i] - from - dy.shape[i]]),
        ),
    }),
  },
  BatchMatMul: {
    inputs: ['a', 'b'],
    gradient(dy, [a, b], { transposeA, transposeB }) {
      if (transposeA === true || transposeB === true)
        throw new TypeError('differentiate tf.matMul(tf.transpose(a), b): flags for transposition have no rule')
      return { a: () => tf.matMul(dy, swapLastAxes(b)), b: () => tf.matMul(swapLastAxes(a), dy) }
    },
  },
}

/** Makes the rules known to TensorFlow.js; calling it again changes nothing. */
export function registerGradients(): void {
  for (const [kernelName, rule] of Object.entries(rules)) {
    tf.registerGradient({
      kernelName,
      inputsToSave: [...(rule.inputs ?? [])],
      outputsToSave: [rule.keepsOutput ?? false],
      gradFunc: (dy, saved, attributes) => rule.gradient(dy as Tensor, saved, attributes),
    })
  }
}

/** Sums out what broadcasting had repeated, so that the result has the shape of `like`. */
function reduceTo(dy: Tensor, like: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(like.shape, dy.shape)
  const reduced = axes.length > 0 ? tf.sum(dy, axes) : dy
  return tf.reshape(reduced, like.shape)
}

/** Repeats `dy` along the axes that a reduction of `x` had removed. */
function spread(dy: Tensor, x: Tensor, axis: number | number[]): Tensor {
  const axes = tf.util.parseAxisParam(axis, x.shape)
  const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size))
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape))
}

function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_size, i) => i)
  const last = axes.length - 1
  axes[last] = last - 1
  axes[last - 1] = last
  return tf.transpose(x, axes)
}

function inversePermutation(permutation: readonly number[]): number[] {
  const inverse: number[] = []
  permutation.forEach((from, to) => (inverse[from] = to))
  return inverse
}
