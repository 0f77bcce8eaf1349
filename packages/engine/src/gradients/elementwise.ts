import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { reduceTo } from './broadcasting.ts'
import type { Rules } from './rule.ts'

export const binaryRules: Rules = {
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
      a: () => reduceTo(tf.mul(dy, indicator(tf.greaterEqual(a, b))), a),
      b: () => reduceTo(tf.mul(dy, indicator(tf.less(a, b))), b),
    }),
  },
  Minimum: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, indicator(tf.lessEqual(a, b))), a),
      b: () => reduceTo(tf.mul(dy, indicator(tf.greater(a, b))), b),
    }),
  },
  SquaredDifference: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, tf.mul(tf.sub(a, b), 2)), a),
      b: () => reduceTo(tf.mul(dy, tf.mul(tf.sub(b, a), 2)), b),
    }),
  },
  // No gradient for the exponent: it is always a constant here.
  Pow: {
    inputs: ['a', 'b'],
    gradient: (dy, [a, b]) => ({ a: () => reduceTo(tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))), a) }),
  },
}

export const unaryRules: Rules = {
  Neg: { gradient: (dy) => ({ x: () => tf.neg(dy) }) },
  Abs: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.sign(x)) }) },
  Exp: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, y) }) },
  Log: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.div(dy, x) }) },
  Square: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x, 2)) }) },
  Sqrt: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.div(dy, tf.mul(y, 2)) }) },
  // y = x^(−1/2), so dy/dx = −y³/2
  Rsqrt: {
    keepsOutput: true,
    gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(tf.mul(y, tf.square(y)), -0.5)) }),
  },
  Relu: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.step(y)) }) },
  // y is x above 0 and exp(x) − 1 below, where the derivative is y + 1.
  Elu: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.add(tf.minimum(y, 0), 1)) }) },
  Tanh: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.sub(1, tf.square(y))) }) },
  Sigmoid: { keepsOutput: true, gradient: (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(y, tf.sub(1, y))) }) },
  Softplus: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.sigmoid(x)) }) },
  Erf: {
    inputs: ['x'],
    gradient: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(tf.exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI))) }),
  },
  ClipByValue: {
    inputs: ['x'],
    gradient: (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () => {
        const inside = tf.logicalAnd(tf.greaterEqual(x, Number(clipValueMin)), tf.lessEqual(x, Number(clipValueMax)))
        return tf.mul(dy, indicator(inside))
      },
    }),
  },
  // Only a cast from float32 to float32 has a gradient.
  Cast: { gradient: (dy) => ({ x: () => dy }) },
  Identity: { gradient: (dy) => ({ x: () => dy }) },
}

function indicator(condition: Tensor): Tensor {
  return tf.cast(condition, 'float32')
}
