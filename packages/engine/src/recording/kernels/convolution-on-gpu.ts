import type { Graph, Value } from '../graph.ts'
import { reduce } from './reductions.ts'
import { concat, pad, reshape, slice, transpose } from './shapes.ts'

/** pads are [top, left, bottom, right]. */
type Layout = { readonly pads: readonly number[]; readonly strides: readonly number[] }

/** Bytes. WebGPU can bind buffers of 1 GiB or more on graphics processors; 3 × 3 patches are nine times the image. */
const largestBuffer = 2 ** 30

type FilterGradient = Layout & { readonly x: Value; readonly dy: Value; readonly filterShape: readonly number[] }

/**
 * One product for each sample, patches [taps · from, cells] · dy [cells, to], and their sum. As one convolution, or as
 * one product, it has a few thousand sums of millions of terms each: too few for a processor that needs tens of
 * thousands at once, and ONNX Runtime's WebGPU shaders split long sums only on some of Intel's processors
 * (`SplitKConfig`, matmul.cc).
 */
export function filterGradientBySample(graph: Graph, { x, dy, filterShape, pads, strides }: FilterGradient): Value {
  const [height, width, from, to] = filterShape
  const [samples, rows, columns] = dy.shape
  const cells = rows * columns
  const margins = [0, 1].map((i): [number, number] => [
    pads[i],
    Math.max(0, (dy.shape[1 + i] - 1) * strides[i] + filterShape[i] - pads[i] - x.shape[1 + i]),
  ])
  const image = pad(graph, transpose(graph, x, [0, 3, 1, 2]), { paddings: [[0, 0], [0, 0], ...margins], value: 0 })
  const shifted = Array.from({ length: height * width }, (_, tap) =>
    slice(graph, image, {
      begin: [0, 0, Math.floor(tap / width), tap % width],
      size: [samples, from, rows, columns],
      strides: [1, 1, ...strides],
    }),
  )
  const cellsOfDy = reshape(graph, dy, [samples, cells, to])
  const fitting = Math.max(1, Math.floor(largestBuffer / (4 * samples * from * cells)))
  const gradients = inGroups(shifted, fitting).map((taps) => {
    const patches = reshape(graph, concat(graph, taps, 1), [samples, taps.length * from, cells])
    const products = graph.node('MatMul', [patches, cellsOfDy], {
      shape: [samples, taps.length * from, to],
      type: 'float32',
    })
    return reduce(graph, 'ReduceSum', { x: products, axes: [0], keepDims: false })
  })
  return reshape(graph, concat(graph, gradients, 0), filterShape)
}

function inGroups(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size))
}

/**
 * ONNX Runtime's WebGPU convolution (1.30) gives wrong sums for more than four channels that are not a multiple of
 * four; channels of zeros make them one. image: [batch, from, height, width]; weights: [to, from, height, width].
 */
export function fillChannels(graph: Graph, image: Value, weights: Value): [Value, Value] {
  const missing = image.shape[1] > 4 ? (4 - (image.shape[1] % 4)) % 4 : 0
  const paddings = [
    [0, 0],
    [0, missing],
    [0, 0],
    [0, 0],
  ] as const
  return [pad(graph, image, { paddings, value: 0 }), pad(graph, weights, { paddings, value: 0 })]
}

type ImageGradient = {
  readonly dy: Value
  readonly filter: Value
  /** Of the convolution that is differentiated; its strides are 1. */
  readonly pads: readonly number[]
  readonly imageShape: readonly number[]
}

/** dy convolved with the reversed filter: WebGPU's transposed convolutions are a loop for each cell, without tiles. */
export function imageGradientByConvolution(graph: Graph, { dy, filter, pads, imageShape }: ImageGradient): Value {
  const size = filter.shape.slice(0, 2)
  const [samples, rows, columns, channels] = imageShape
  const turned = slice(graph, filter, {
    begin: [size[0] - 1, size[1] - 1, 0, 0],
    size: filter.shape,
    strides: [-1, -1, 1, 1],
  })
  const image = graph.node(
    'Conv',
    fillChannels(graph, transpose(graph, dy, [0, 3, 1, 2]), transpose(graph, turned, [2, 3, 0, 1])),
    { shape: [samples, channels, rows, columns], type: 'float32' },
    { attributes: { kernel_shape: size, pads: pads.map((cells, i) => size[i % 2] - 1 - cells), strides: [1, 1] } },
  )
  return transpose(graph, image, [0, 2, 3, 1])
}
