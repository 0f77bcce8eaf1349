import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { spreadOut } from '../gradients/shapes.ts'
import { imageShape, numbersIn, stepsIn, windowIn, type Attributes } from '../kernel-attributes.ts'
import { withRank } from '../with-rank.ts'
import { tensorsIn } from './tensors-in.ts'
import { maxPoolGradient } from './wasm-pooling.ts'

type Padding = Exclude<Parameters<typeof tf.conv2d>[3], string | number>
type Kernel = (inputs: Readonly<Record<string, Tensor>>, attributes: Attributes) => Tensor
type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>

/**
 * The wasm backend has no kernel for the gradient of a convolution's filter and a slow one for its image's: here both
 * consist of convolutions, which are fast. The gradient of its pooling is wrong.
 */
export function registerWasmKernels(): void {
  register('Conv2DBackpropFilter', composed(filterGradient))
  register('Conv2DBackpropInput', composed(imageGradient))
  register('MaxPoolGrad', maxPoolGradient)
  register('UnsortedSegmentSum', composed(segmentSum))
}

function register(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, 'wasm') !== undefined) tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
}

function composed(kernel: Kernel): tf.KernelFunc {
  return ({ inputs, attrs }) => tf.tidy(() => kernel(tensorsIn(inputs), attrs ?? {}))
}

function geometryOf(image: readonly number[], filter: readonly number[], attributes: Attributes): Geometry {
  const { pad, rounding } = windowIn(attributes)
  const strides = stepsIn(attributes, 'strides')
  return tf.backend_util.computeConv2DInfo(imageShape(image), imageShape(filter), strides, 1, pad, rounding)
}

/**
 * Tap (i, j) of the gradient is the sum over samples and cells of the image shifted by (i, j), times dy: a convolution
 * whose batch are the image's channels, whose channels are the samples and whose kernel is dy.
 */
const filterGradient: Kernel = (inputs, attributes) => {
  const [x, dy] = [withRank(inputs['x'], 4), inputs['dy']]
  const geometry = geometryOf(x.shape, numbersIn(attributes, 'filterShape'), attributes)
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry
  const kernel = withRank(spreadOut(dy, [1, strideHeight, strideWidth, 1]), 4)
  // The kernel slides over as many places as the filter has taps: the rest is cut off, or padded.
  const margin = (before: number, size: number, kernelSize: number, taps: number) =>
    [before, taps - 1 + kernelSize - size - before] as const
  const rows = margin(padInfo.top, x.shape[1], kernel.shape[1], filterHeight)
  const columns = margin(padInfo.left, x.shape[2], kernel.shape[2], filterWidth)
  const image = tf.slice4d(
    x,
    [0, 0, 0, 0],
    [-1, x.shape[1] + Math.min(0, rows[1]), x.shape[2] + Math.min(0, columns[1]), -1],
  )
  // One number as padding would be treated as that of a square kernel (tfjs 4.22), and the kernel is as wide as the
  // image.
  const padding: Padding = [
    [0, 0],
    [rows[0], Math.max(0, rows[1])],
    [columns[0], Math.max(0, columns[1])],
    [0, 0],
  ]
  const taps = tf.conv2d(tf.transpose(image, [3, 1, 2, 0]), tf.transpose(kernel, [1, 2, 0, 3]), 1, padding)
  return tf.transpose(taps, [1, 2, 0, 3])
}

/** The product of the segments' one-hot matrix, transposed, with x. */
const segmentSum: Kernel = ({ x, segmentIds }, { numSegments }) => {
  const members = tf.transpose(tf.cast(tf.oneHot(segmentIds, Number(numSegments)), 'float32'))
  const rows = tf.reshape(x, [x.shape[0], -1])
  return tf.reshape(tf.matMul(members, rows), [Number(numSegments), ...x.shape.slice(1)])
}

/** dy, spread out to the strides, convolved with the filter turned by 180°, its channels swapped. */
const imageGradient: Kernel = ({ dy, filter }, attributes) => {
  const geometry = geometryOf(numbersIn(attributes, 'inputShape'), filter.shape, attributes)
  const { inHeight, inWidth, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry
  const spaced = withRank(spreadOut(dy, [1, strideHeight, strideWidth, 1]), 4)
  const turned = tf.transpose(tf.reverse(withRank(filter, 4), [0, 1]), [0, 1, 3, 2])
  const margin = (before: number, size: number, taps: number, spacedSize: number): [number, number] => {
    const front = taps - 1 - before
    return [front, size + taps - 1 - spacedSize - front]
  }
  const padding: Padding = [
    [0, 0],
    margin(padInfo.top, inHeight, filterHeight, spaced.shape[1]),
    margin(padInfo.left, inWidth, filterWidth, spaced.shape[2]),
    [0, 0],
  ]
  return tf.conv2d(spaced, turned, 1, padding)
}
