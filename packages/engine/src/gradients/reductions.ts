import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { restoreAxes } from './broadcasting.ts'
import type { Rule, Rules } from './rule.ts'

type Axis = number | number[]

export const reductionRules: Rules = {
  Sum: { inputs: ['x'], gradient: (dy, [x], { axis }) => ({ x: () => spread(dy, x, axis as Axis) }) },
  Mean: {
    inputs: ['x'],
    gradient: (dy, [x], { axis }) => ({
      x: () => spread(tf.mul(dy, dy.size / x.size), x, axis as Axis),
    }),
  },
  Max: extremeRule('reductionIndices'),
  Min: extremeRule('axis'),
  Softmax: {
    keepsOutput: true,
    gradient: (dy, [y]) => ({
      logits() {
        const weighted = tf.mul(dy, y)
        return tf.sub(weighted, tf.mul(y, tf.sum(weighted, -1, true)))
      },
    }),
  },
}

/** Where several elements are the largest (or smallest), they share the gradient evenly. */
function extremeRule(axisName: string): Rule {
  return {
    inputs: ['x'],
    keepsOutput: true,
    gradient: (dy, [x, y], attributes) => ({
      x() {
        const axis = attributes[axisName] as Axis
        const attained = tf.cast(tf.equal(x, restoreAxes(y, x.shape, axis)), 'float32')
        const share = tf.div(restoreAxes(dy, x.shape, axis), tf.sum(attained, axis, true))
        return tf.mul(attained, share)
      },
    }),
  }
}

/** Repeats `dy` along the axes that a reduction of `x` had removed. */
function spread(dy: Tensor, x: Tensor, axis: Axis): Tensor {
  return tf.broadcastTo(restoreAxes(dy, x.shape, axis), x.shape)
}
