import { backend_util } from '@tensorflow/tfjs-core'
import { imageShape, stepsIn, windowIn, type Attributes } from '../../kernel-attributes.ts'
import type { Graph, Value } from '../graph.ts'
import { combine, scalar } from './elementwise.ts'
import { concat, pad, reshape, slice, transpose } from './shapes.ts'
import type { KernelTable } from './kernel.ts'

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
  readonly attributes: Attributes
}

/**
 * Gives each dy to the first cell of its window with the maximum. ONNX has no such operator: for each tap of the
 * window, the cells that are that tap of some window are compared with the maxima, and dy goes where they are equal for
 * the first time. Cells are separated by their residue modulo the stride, so that windows do not overlap, and
 * interleaved at the end.
 */
function maxPoolGradient(graph: Graph, { dy, x, y, attributes }: PoolGradient): Value {
  const { size, strides, pads, outShape } = geometry(x.shape, attributes)
  const [batch, , , channels] = outShape
  // The larger extent of windows and their strides.
  const steps = [0, 1].map((i) =>
    Math.max(outShape[1 + i] + Math.ceil(size[i] / strides[i]) - 1, Math.ceil((pads[i] + x.shape[1 + i]) / strides[i])),
  )
  const whole = steps.map((count, i) => count * strides[i])
  const margins = [0, 1].map((i): [number, number] => [pads[i], whole[i] - pads[i] - x.shape[1 + i]])
  const cells = pad(graph, x, { paddings: [[0, 0], ...margins, [0, 0]], value: -3.4e38 })
  const parts = new Map<string, Value>()
  for (const { tap, hit } of firstMaxima(graph, { cells, y, size, strides })) {
    const share = graph.node('Where', [hit, dy, scalar(graph, 0, 'float32')], dy)
    const after = tap.map((offset, i) => Math.floor(offset / strides[i]))
    const rest = [0, 1].map((i): [number, number] => [after[i], steps[i] - outShape[1 + i] - after[i]])
    const placed = pad(graph, share, { paddings: [[0, 0], ...rest, [0, 0]], value: 0 })
    const key = tap.map((offset, i) => offset % strides[i]).join()
    const before = parts.get(key)
    parts.set(key, before === undefined ? placed : combine(graph, 'Add', [before, placed]))
  }
  const gradient = interleave(graph, parts, { batch, channels, strides, whole })
  return slice(graph, gradient, { begin: [0, pads[0], pads[1], 0], size: x.shape })
}

type Windows = {
  readonly cells: Value
  /** [batch, rows, columns, channels] the windows' maxima. */
  readonly y: Value
  readonly size: readonly number[]
  readonly strides: readonly number[]
}

type Tap = { readonly tap: readonly [row: number, column: number]; readonly hit: Value }

/** For each tap of the window, in reading order: the windows in which it is the first maximum. */
function firstMaxima(graph: Graph, { cells, y, size, strides }: Windows): Tap[] {
  const taps: Tap[] = []
  let open: Value | null = null
  for (let i = 0; i < size[0]; i++)
    for (let j = 0; j < size[1]; j++) {
      const window = { begin: [0, i, j, 0], strides: [1, ...strides, 1], size: y.shape }
      const equal = combine(graph, 'Equal', [slice(graph, cells, window), y], 'bool')
      const missed = graph.node('Not', [equal], equal)
      taps.push({ tap: [i, j], hit: open === null ? equal : graph.node('And', [equal, open], equal) })
      open = open === null ? missed : graph.node('And', [open, missed], equal)
    }
  return taps
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

function geometry(image: readonly number[], attributes: Attributes): Geometry {
  const { pad: padding, rounding } = windowIn(attributes)
  const [size, strides] = [stepsIn(attributes, 'filterSize'), stepsIn(attributes, 'strides')]
  const info = backend_util.computePool2DInfo(imageShape(image), size, strides, 1, padding, rounding)
  const { top, left, bottom, right } = info.padInfo
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [top, left, bottom, right],
    outShape: info.outShape,
  }
}
