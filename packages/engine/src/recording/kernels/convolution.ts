import { backend_util } from '@tensorflow/tfjs-core'
import { type Graph, type Value } from '../graph.ts'
import { filterGradientBySample, imageGradientByConvolution } from './convolution-on-gpu.ts'
import { activate } from './products.ts'
import { combine } from './elementwise.ts'
import { slice, transpose } from './shapes.ts'
import type { KernelCall, KernelTable } from './kernel.ts'

/** TensorFlow.js keeps images as [batch, height, width, channels] and filters as [height, width, from, to]. */
export const convolutionKernels: KernelTable = {
  Conv2D: ({ graph, inputs: { x, filter }, attributes }) => convolve(graph, { x, filter, attributes }),
  FusedConv2D({ graph, inputs: { x, filter, bias }, attributes }) {
    const linear = convolve(graph, { x, filter, attributes })
    return activate(graph, bias === undefined ? linear : combine(graph, 'Add', [linear, bias]), attributes)
  },
  Conv2DBackpropInput: ({ graph, inputs: { dy, filter }, attributes }) =>
    imageGradient(graph, { dy, filter, attributes }),
  Conv2DBackpropFilter: ({ graph, inputs: { x, dy }, attributes }) => filterGradient(graph, { x, dy, attributes }),
}

const toChannelsFirst = [0, 3, 1, 2]
const toChannelsLast = [0, 2, 3, 1]

type Convolution = { readonly x: Value; readonly filter: Value; readonly attributes: KernelCall['attributes'] }

function convolve(graph: Graph, { x, filter, attributes }: Convolution): Value {
  const { outShape, pads, strides } = geometry(x.shape, filter.shape, attributes)
  const weights = transpose(graph, filter, [3, 2, 0, 1])
  const [batch, height, width, channels] = outShape
  const image = graph.node(
    'Conv',
    [transpose(graph, x, toChannelsFirst), weights],
    { shape: [batch, channels, height, width], type: 'float32' },
    { attributes: { kernel_shape: filter.shape.slice(0, 2), pads, strides } },
  )
  return transpose(graph, image, toChannelsLast)
}

type ImageGradient = { readonly dy: Value; readonly filter: Value; readonly attributes: KernelCall['attributes'] }

function imageGradient(graph: Graph, { dy, filter, attributes }: ImageGradient): Value {
  const inputShape = attributes['inputShape'] as number[]
  const { pads, strides } = geometry(inputShape, filter.shape, attributes)
  if (graph.target.device === 'gpu' && strides.every((stride) => stride === 1))
    return imageGradientByConvolution(graph, { dy, filter, pads, imageShape: inputShape })
  const [batch, height, width, channels] = inputShape
  // What is left over where the strides do not divide the padded size.
  const rest = [0, 1].map((i) => (inputShape[1 + i] + pads[i] + pads[2 + i] - filter.shape[i]) % strides[i])
  const image = graph.node(
    'ConvTranspose',
    [transpose(graph, dy, toChannelsFirst), transpose(graph, filter, [3, 2, 0, 1])],
    { shape: [batch, channels, height, width], type: 'float32' },
    { attributes: { kernel_shape: filter.shape.slice(0, 2), pads, strides, output_padding: rest } },
  )
  return transpose(graph, image, toChannelsLast)
}

type FilterGradient = { readonly x: Value; readonly dy: Value; readonly attributes: KernelCall['attributes'] }

function filterGradient(graph: Graph, { x, dy, attributes }: FilterGradient): Value {
  const filterShape = attributes['filterShape'] as number[]
  const { pads, strides } = geometry(x.shape, filterShape, attributes)
  if (graph.target.device === 'gpu') return filterGradientBySample(graph, { x, dy, filterShape, pads, strides })
  const [height, width, from, to] = filterShape
  // A convolution whose batch are the image's channels, whose channels are the samples and whose kernel is dy.
  const whole = [0, 1].map((i) => x.shape[1 + i] + pads[i] + pads[2 + i] - strides[i] * (dy.shape[1 + i] - 1))
  const taps = graph.node(
    'Conv',
    [transpose(graph, x, [3, 0, 1, 2]), transpose(graph, dy, [3, 0, 1, 2])],
    { shape: [from, to, ...whole], type: 'float32' },
    { attributes: { kernel_shape: dy.shape.slice(1, 3), pads, dilations: strides } },
  )
  // Strides that do not divide the padded size leave cells over that no tap has seen.
  const seen = slice(graph, taps, { begin: [0, 0, 0, 0], size: [from, to, height, width] })
  return transpose(graph, seen, [2, 3, 0, 1])
}

type Geometry = {
  readonly outShape: readonly number[]
  readonly pads: readonly number[]
  readonly strides: readonly number[]
}

/** Output shape, padding [top, left, bottom, right] and strides, as TensorFlow.js understands the attributes. */
function geometry(image: readonly number[], filter: readonly number[], attributes: KernelCall['attributes']): Geometry {
  if ((attributes['dataFormat'] ?? 'NHWC') !== 'NHWC') throw new TypeError('only NHWC convolutions are recorded')
  const info = backend_util.computeConv2DInfo(
    image as [number, number, number, number],
    filter as [number, number, number, number],
    attributes['strides'] as number,
    (attributes['dilations'] ?? 1) as number,
    attributes['pad'] as 'same',
    attributes['dimRoundingMode'] as 'floor',
  )
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1)
    throw new TypeError('dilated convolutions are not recorded')
  const { top, left, bottom, right } = info.padInfo
  return { outShape: info.outShape, pads: [top, left, bottom, right], strides: [info.strideHeight, info.strideWidth] }
}
