import { elementsOf, type Graph, type Value } from '../graph.ts'
import { scan } from '../scan.ts'
import type { Geometry } from './convolution-geometry.ts'
import { offering } from './fused.ts'
import { addToGemm } from './elementwise.ts'
import { gemm } from './products.ts'
import { concat, reshape } from './shapes.ts'

/** Bytes of the columns of one round: more do not stay in a core's cache until the product uses them. */
const roundBytes = 2 ** 21

/**
 * The convolution as products of the image's columns (im2col): each output cell's row has the cells under the filter's
 * taps, [cells, taps · from], times the filter [taps · from, to]. A few samples at a time, as the columns are nine
 * times the image.
 */
export function convolveByColumns(graph: Graph, image: Value, filter: Value, geometry: Geometry): Value {
  const [, , , to] = geometry.filterShape
  const weights = reshape(graph, filter, [elementsOf(geometry.filterShape) / to, to])
  const build = (bias?: Value, withRelu = false): Value => {
    const made = scan(graph, { initial: [], sequences: [inRounds(graph, image, geometry)] }, ({ slices: [slice] }) => {
      const product = gemm(graph, [columnsOf(graph, slice, geometry), weights], { a: false, b: false })
      const linear = bias === undefined ? product : (addToGemm(graph, product, bias) ?? product)
      return { carried: [], slices: [withRelu ? graph.node('Relu', [linear], linear) : linear] }
    })
    return reshape(graph, made.sequences[0], geometry.outShape)
  }
  return offering(build(), {
    withBias: (bias) => offering(build(bias), { withRelu: () => build(bias, true) }),
    withRelu: () => build(undefined, true),
  })
}

/** The sum over all cells of columns · dy, [taps · from, to], in the filter's shape. */
export function filterGradientByColumns(graph: Graph, image: Value, dy: Value, geometry: Geometry): Value {
  const [height, width, from, to] = geometry.filterShape
  const initial = [graph.uniform(0, { shape: [height * width * from, to], type: 'float32' })]
  const sequences = [image, dy].map((value) => inRounds(graph, value, geometry))
  const { carried } = scan(graph, { initial, sequences }, ({ carried: [sum], slices: [slice, gradient] }) => {
    const cells = reshape(graph, gradient, [elementsOf(gradient.shape) / to, to])
    const product = gemm(graph, [columnsOf(graph, slice, geometry), cells], { a: true, b: false })
    return { carried: [addToGemm(graph, product, sum) ?? sum], slices: [] }
  })
  return reshape(graph, carried[0], geometry.filterShape)
}

/** [batch, …] as [rounds, batch / rounds, …]. */
function inRounds(graph: Graph, value: Value, geometry: Geometry): Value {
  const [batch, ...rest] = value.shape
  const samples = samplesOfRound(batch, geometry)
  return reshape(graph, value, [batch / samples, samples, ...rest])
}

function samplesOfRound(batch: number, { filterShape, outShape }: Geometry): number {
  const [height, width, from] = filterShape
  const bytes = 4 * height * width * from * outShape[1] * outShape[2]
  const fitting = Math.max(1, Math.floor(roundBytes / bytes))
  for (let samples = Math.min(fitting, batch); samples > 1; samples--) if (batch % samples === 0) return samples
  return 1
}

/** slice: [samples, height, width, from]; its columns [samples · cells, taps · from]. Zeros outside the image. */
function columnsOf(graph: Graph, slice: Value, geometry: Geometry): Value {
  const [samples, height, width, from] = slice.shape
  const cells = reshape(graph, slice, [samples, height * width, from])
  const outside = graph.uniform(0, { shape: [samples, 1, from], type: 'float32' })
  const taps = tapIndices(geometry)
  const indices = graph.constant(taps, { shape: [taps.length], type: 'int32' })
  const shape = [samples, taps.length, from]
  const gathered = graph.node(
    'Gather',
    [concat(graph, [cells, outside], 1), indices],
    { shape, type: 'float32' },
    {
      attributes: { axis: 1 },
    },
  )
  const [, rows, columns] = geometry.outShape
  return reshape(graph, gathered, [samples * rows * columns, (taps.length / (rows * columns)) * from])
}

/** For each output cell and tap the cell of the image under it; the one after the last is outside. */
function tapIndices({ imageShape, filterShape, outShape, pads, strides }: Geometry): number[] {
  const [, height, width] = imageShape
  const indices: number[] = []
  for (let row = 0; row < outShape[1]; row++)
    for (let column = 0; column < outShape[2]; column++)
      for (let i = 0; i < filterShape[0]; i++)
        for (let j = 0; j < filterShape[1]; j++) {
          const y = row * strides[0] + i - pads[0]
          const x = column * strides[1] + j - pads[1]
          indices.push(y >= 0 && y < height && x >= 0 && x < width ? y * width + x : height * width)
        }
  return indices
}
