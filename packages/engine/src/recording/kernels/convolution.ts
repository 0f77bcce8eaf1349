import { numbersIn } from '../../kernel-attributes.ts'
import type { Graph, Value } from '../graph.ts'
import { convolveByColumns, filterGradientByColumns } from './convolution-by-columns.ts'
import { geometryOf, turned, type Geometry } from './convolution-geometry.ts'
import { convolveInBlocks, fitsBlocks } from './convolution-in-blocks.ts'
import { fillChannels, filterGradientBySample, imageGradientByConvolution } from './convolution-on-gpu.ts'
import { combine } from './elementwise.ts'
import { offerOf } from './fused.ts'
import { activate } from './products.ts'
import { slice, transpose } from './shapes.ts'
import type { KernelTable } from './kernel.ts'

/** TensorFlow.js stores images as [batch, height, width, channels] and filters as [height, width, from, to]. */
export const convolutionKernels: KernelTable = {
  Conv2D: ({ graph, inputs: { x, filter }, attributes }) =>
    convolve(graph, x, filter, geometryOf(x.shape, filter.shape, attributes)),
  FusedConv2D({ graph, inputs: { x, filter, bias }, attributes }) {
    const linear = convolve(graph, x, filter, geometryOf(x.shape, filter.shape, attributes))
    return activate(graph, bias === undefined ? linear : addBias(graph, linear, bias), attributes)
  },
  Conv2DBackpropInput: ({ graph, inputs: { dy, filter }, attributes }) =>
    imageGradient(graph, dy, filter, geometryOf(numbersIn(attributes, 'inputShape'), filter.shape, attributes)),
  Conv2DBackpropFilter: ({ graph, inputs: { x, dy }, attributes }) =>
    filterGradient(graph, x, dy, geometryOf(x.shape, numbersIn(attributes, 'filterShape'), attributes)),
}

/** With fewer channels, gathering columns costs more than transposing the image for ONNX's own convolution. */
const fewChannels = 8

function addBias(graph: Graph, linear: Value, bias: Value): Value {
  return offerOf(linear).withBias?.(bias) ?? combine(graph, 'Add', [linear, bias])
}

function convolve(graph: Graph, x: Value, filter: Value, geometry: Geometry): Value {
  if (graph.target.device === 'cpu') {
    if (fitsBlocks(graph.target, geometry.filterShape)) return convolveInBlocks(graph, x, filter, geometry)
    if (geometry.filterShape[2] >= fewChannels) return convolveByColumns(graph, x, filter, geometry)
  }
  return convolveChannelsFirst(graph, x, filter, geometry)
}

function convolveChannelsFirst(graph: Graph, x: Value, filter: Value, geometry: Geometry): Value {
  const { outShape, filterShape, pads, strides } = geometry
  const [batch, height, width, channels] = outShape
  const inputs = [transpose(graph, x, [0, 3, 1, 2]), transpose(graph, filter, [3, 2, 0, 1])] as const
  const image = graph.node(
    'Conv',
    graph.target.device === 'gpu' ? fillChannels(graph, ...inputs) : inputs,
    { shape: [batch, channels, height, width], type: 'float32' },
    { attributes: { kernel_shape: filterShape.slice(0, 2), pads, strides } },
  )
  return transpose(graph, image, [0, 2, 3, 1])
}

function imageGradient(graph: Graph, dy: Value, filter: Value, geometry: Geometry): Value {
  const { imageShape, pads, strides } = geometry
  if (!strides.every((stride) => stride === 1)) return imageGradientTransposed(graph, dy, filter, geometry)
  if (graph.target.device === 'gpu') return imageGradientByConvolution(graph, { dy, filter, pads, imageShape })
  return convolve(graph, dy, turnFilter(graph, filter), turned(geometry))
}

/** The filter turned by 180°, with its channels swapped. */
function turnFilter(graph: Graph, filter: Value): Value {
  const [height, width] = filter.shape
  const begin = [height - 1, width - 1, 0, 0]
  const upsideDown = slice(graph, filter, { begin, size: filter.shape, strides: [-1, -1, 1, 1] })
  return transpose(graph, upsideDown, [0, 1, 3, 2])
}

function imageGradientTransposed(graph: Graph, dy: Value, filter: Value, geometry: Geometry): Value {
  const { imageShape, filterShape, pads, strides } = geometry
  const [batch, height, width, channels] = imageShape
  // The remainder if the strides do not divide the padded size.
  const rest = [0, 1].map((i) => (imageShape[1 + i] + pads[i] + pads[2 + i] - filterShape[i]) % strides[i])
  const image = graph.node(
    'ConvTranspose',
    [transpose(graph, dy, [0, 3, 1, 2]), transpose(graph, filter, [3, 2, 0, 1])],
    { shape: [batch, channels, height, width], type: 'float32' },
    { attributes: { kernel_shape: filterShape.slice(0, 2), pads, strides, output_padding: rest } },
  )
  return transpose(graph, image, [0, 2, 3, 1])
}

function filterGradient(graph: Graph, x: Value, dy: Value, geometry: Geometry): Value {
  const { filterShape, pads, strides } = geometry
  if (graph.target.device === 'gpu') return filterGradientBySample(graph, { x, dy, filterShape, pads, strides })
  return filterGradientByColumns(graph, x, dy, geometry)
}
