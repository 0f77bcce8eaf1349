import { backend_util } from '@tensorflow/tfjs-core'
import type { Graph, Value } from '../graph.ts'
import { combine, scalar } from './elementwise.ts'
import { concat, pad, reshape, slice, transpose } from './shapes.ts'
import type { KernelCall, KernelTable } from './kernel.ts'

export const poolingKernels: KernelTable = {
  MaxPool({ graph, inputs: { x }, attributes }) {
    const { size, strides, pads, outShape } = geometry(x.shape, attributes)
    const [batch, height, width, channels] = outShape
    const pooled = graph.node(
      'MaxPool',
      [transpose(graph, x, [0, 3, 1, 2])],
      { shape: [batch, channels, height, width], type: 'float32' },
      { attributes: { kernel_shape: size, pads, strides } },
    )
    return transpose(graph, pooled, [0, 2, 3, 1])
  },
  MaxPoolGrad: ({ graph, inputs: { dy, input, output }, attributes }) =>
    maxPoolGradient(graph, { dy, x: input, y: output, attributes }),
}

type PoolGradient = {
  readonly dy: Value
  readonly x: Value
  readonly y: Value
  readonly attributes: KernelCall['attributes']
}

/**
 * Hands each dy to the first cell of its window that holds the maximum. ONNX has no such operator: for each tap of the
 * window, the cells that are that tap of some window are compared with the maxima, and dy goes where they are equal for
 * the first time. Cells are kept apart by their residue modulo the stride, where windows do not meet, and interleaved
 * in the end.
 */
function maxPoolGradient(graph: Graph, { dy, x, y, attributes }: PoolGradient): Value {
  const { size, strides, pads, outShape } = geometry(x.shape, attributes)
  const [batch, rows, columns, channels] = outShape
  const reach = size.map((length, i) => Math.ceil(length / strides[i]))
  const whole = [(rows + reach[0] - 1) * strides[0], (columns + reach[1] - 1) * strides[1]]
  const margins = [0, 1].map((i): [number, number] => [pads[i], whole[i] - pads[i] - x.shape[1 + i]])
  const cells = pad(graph, x, { paddings: [[0, 0], ...margins, [0, 0]], value: -3.4e38 })
  const zero = scalar(graph, 0, 'float32')
  const parts = new Map<string, Value>()
  let open: Value | null = null
  for (let i = 0; i < size[0]; i++)
    for (let j = 0; j < size[1]; j++) {
      const window = { begin: [0, i, j, 0], strides: [1, ...strides, 1], size: [batch, rows, columns, channels] }
      const equal = combine(graph, 'Equal', [slice(graph, cells, window), y], 'bool')
      const hit: Value = open === null ? equal : graph.node('And', [equal, open], equal)
      const missed = graph.node('Not', [equal], equal)
      open = open === null ? missed : graph.node('And', [open, missed], equal)
      const share = graph.node('Where', [hit, dy, zero], dy)
      const [down, right] = [Math.floor(i / strides[0]), Math.floor(j / strides[1])]
      const placed = pad(graph, share, {
        paddings: [
          [0, 0],
          [down, reach[0] - 1 - down],
          [right, reach[1] - 1 - right],
          [0, 0],
        ],
        value: 0,
      })
      const key = `${i % strides[0]},${j % strides[1]}`
      const before = parts.get(key)
      parts.set(key, before === undefined ? placed : combine(graph, 'Add', [before, placed]))
    }
  const gradient = interleave(graph, parts, { batch, channels, strides, whole })
  return slice(graph, gradient, { begin: [0, pads[0], pads[1], 0], size: x.shape })
}

type Interleaving = {
  readonly batch: number
  readonly channels: number
  readonly strides: readonly number[]
  readonly whole: readonly number[]
}

function interleave(
  graph: Graph,
  parts: ReadonlyMap<string, Value>,
  { batch, channels, strides, whole }: Interleaving,
): Value {
  const [down, across] = [whole[0] / strides[0], whole[1] / strides[1]]
  const part = (i: number, j: number) =>
    parts.get(`${i},${j}`) ?? graph.uniform(0, { shape: [batch, down, across, channels], type: 'float32' })
  const lines = Array.from({ length: strides[0] }, (_, i) => {
    const pieces = Array.from({ length: strides[1] }, (_unused, j) =>
      reshape(graph, part(i, j), [batch, down, 1, across, 1, channels]),
    )
    return concat(graph, pieces, 4)
  })
  return reshape(graph, concat(graph, lines, 2), [batch, whole[0], whole[1], channels])
}

type Geometry = {
  readonly size: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
  readonly outShape: readonly number[]
}

function geometry(image: readonly number[], attributes: KernelCall['attributes']): Geometry {
  const info = backend_util.computePool2DInfo(
    image as [number, number, number, number],
    attributes['filterSize'] as number,
    attributes['strides'] as number,
    1,
    attributes['pad'] as 'same',
    attributes['dimRoundingMode'] as 'floor',
  )
  const { top, left, bottom, right } = info.padInfo
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
    outShape: info.outShape,
  }
}
