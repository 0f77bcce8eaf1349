import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { throughActivation } from './activation.ts'
import type { Activation } from './network-spec.ts'

type Padding = Exclude<Parameters<typeof tf.conv2d>[3], string | number>

export type ConvolutionLayer = {
  /** [kernel, kernel, from, to], kernel odd */
  readonly filter: Tensor4D
  /** [to] */
  readonly bias: Tensor1D
  readonly activation: Activation
  /** Whether the layer's input is data, so that nobody wants its gradient. */
  readonly first: boolean
}

/**
 * activation(image ∗ filter + bias) with stride 1 and zero padding to equal size, for image [batch, height, width, from].
 *
 * The wasm backend has no kernel for the filter's gradient and a slow one for the image's, so both are convolutions.
 */
export function convolution(image: Tensor4D, { filter, bias, activation, first }: ConvolutionLayer): Tensor4D {
  const layer = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc
    const y = fusedLayer(image, filter, bias, activation)
    save([image, y])
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, output] = saved as Tensor4D[]
        const dLinear = throughActivation(dy as Tensor4D, output, activation)
        const parameters = parameterGradients(input, dLinear, filter.shape)
        return first ? parameters : [...parameters, imageGradient(dLinear, filter)]
      },
    }
  })
  return (first ? layer(filter, bias) : layer(filter, bias, image)) as Tensor4D
}

function fusedLayer(image: Tensor4D, filter: Tensor4D, bias: Tensor1D, activation: Activation): Tensor4D {
  const attributes = {
    strides: 1,
    pad: 'same',
    dataFormat: 'NHWC',
    dilations: [1, 1],
    activation: activation === 'relu' ? 'relu' : 'linear',
    leakyreluAlpha: 0,
  }
  const linear = tf.engine().runKernel('FusedConv2D', { x: image, filter, bias }, attributes) as Tensor4D
  return activation === 'tanh' ? tf.tanh(linear) : linear
}

/** dy convolved with the filter turned by 180°, its channels swapped. */
function imageGradient(dy: Tensor4D, filter: Tensor4D): Tensor4D {
  return tf.conv2d(dy, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'same')
}

/**
 * The gradients of filter and bias. Tap (i, j) of the filter's is the sum over samples and cells of the image shifted by
 * (i, j), times dy: a convolution whose batch are the image's channels, whose channels are the samples and whose kernel
 * is dy. One more channel of ones gives the bias's, at the tap that shifts by nothing.
 */
function parameterGradients(image: Tensor4D, dy: Tensor4D, shape: Tensor4D['shape']): Tensor[] {
  const [batch, height, width, from] = image.shape
  const [kernel, , , to] = shape
  const margin = (kernel - 1) / 2
  const planes = tf.concat4d([tf.transpose(image, [3, 1, 2, 0]), tf.ones([1, height, width, batch])], 0)
  // One number as padding would be taken for that of a square kernel (tfjs 4.22), and the kernel is as wide as the image.
  const padding: Padding = [
    [0, 0],
    [margin, margin],
    [margin, margin],
    [0, 0],
  ]
  const taps = tf.conv2d(planes, tf.transpose(dy, [1, 2, 0, 3]), 1, padding)
  const dFilter = tf.transpose(tf.slice4d(taps, [0, 0, 0, 0], [from, kernel, kernel, to]), [1, 2, 0, 3])
  return [dFilter, tf.reshape(tf.slice4d(taps, [from, margin, margin, 0], [1, 1, 1, to]), [to])]
}
