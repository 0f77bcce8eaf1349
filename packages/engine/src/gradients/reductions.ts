import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { restoreAxes } from './broadcasting.ts'
import { axesIn } from '../kernel-attributes.ts'
import type { Rule, Rules } from './rule.ts'

export const reductionRules: Rules = {
  Sum: {
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({ x: () => spread(dy, x, axesIn(attributes, 'axis', x.shape)) }),
  },
  Mean: {
    inputs: ['x'],
    gradient: (dy, [x], attributes) => ({
      x: () => spread(tf.mul(dy, dy.size / x.size), x, axesIn(attributes, 'axis', x.shape)),
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

/** If several elements are the largest (or smallest), they share the gradient evenly. */
function extremeRule(axisName: string): Rule {
  return {
    inputs: ['x'],
    keepsOutput: true,
    gradient: (dy, [x, y], attributes) => ({
      x() {
        const axes = axesIn(attributes, axisName, x.shape)
        const attained = tf.cast(tf.equal(x, restoreAxes(y, x.shape, axes)), 'float32')
        const share = tf.div(restoreAxes(dy, x.shape, axes), tf.sum(attained, axes, true))
        return tf.mul(attained, share)
      },
    }),
  }
}

/** Repeats `dy` along the axes that a reduction of `x` removed. */
function spread(dy: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  return tf.broadcastTo(restoreAxes(dy, x.shape, axes), x.shape)
}
