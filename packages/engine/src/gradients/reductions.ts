import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { restoreAxes } from './broadcasting.ts'
import type { Rules } from './rule.ts'

type Axis = number | number[]

export const reductionRules: Rules = {
  Sum: { inputs: ['x'], gradient: (dy, [x], { axis }) => ({ x: () => spread(dy, x, axis as Axis) }) },
  Mean: {
    inputs: ['x'],
    gradient: (dy, [x], { axis }) => ({ x: () => tf.mul(spread(dy, x, axis as Axis), dy.size / x.size) }),
  },
}

/** Repeats `dy` along the axes that a reduction of `x` had removed. */
function spread(dy: Tensor, x: Tensor, axis: Axis): Tensor {
  return tf.mul(restoreAxes(dy, x.shape, axis), tf.ones(x.shape))
}
