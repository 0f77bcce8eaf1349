import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import type { Attributes } from '../kernel-attributes.ts'
import type { Rules } from './rule.ts'

/**
 * The gradients are separate kernels, as in TensorFlow.js: the fastest way to compute them differs by
 * backend. Among equal cells of a pooling window, the first gets the gradient.
 */
export const convolutionRules: Rules = {
  Conv2D: {
    inputs: ['x', 'filter'],
    gradient: (dy, [x, filter], { strides, pad, dataFormat, dilations, dimRoundingMode }) => {
      if (dataFormat !== 'NHWC' || [dilations].flat().some((dilation) => dilation !== 1))
        throw new TypeError('only convolutions that are NHWC and not dilated can be differentiated')
      const shared = { strides, pad, dataFormat, dimRoundingMode }
      return {
        x: () => run('Conv2DBackpropInput', { dy, filter }, { ...shared, inputShape: x.shape }),
        filter: () => run('Conv2DBackpropFilter', { x, dy }, { ...shared, filterShape: filter.shape }),
      }
    },
  },
  MaxPool: {
    inputs: ['x'],
    keepsOutput: true,
    gradient: (dy, [x, y], { filterSize, strides, pad, dimRoundingMode }) => ({
      x: () => run('MaxPoolGrad', { dy, input: x, output: y }, { filterSize, strides, pad, dimRoundingMode }),
    }),
  },
}

function run(kernelName: string, inputs: NamedTensorMap, attributes: Attributes): Tensor {
  return tf.engine().runKernel<Tensor>(kernelName, inputs, attributes)
}
