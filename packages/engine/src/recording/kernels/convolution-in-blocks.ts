import type { Graph, Value } from '../graph.ts'
import type { Geometry } from './convolution-geometry.ts'
import { offering } from './fused.ts'
import { concat, pad, reshape, transpose } from './shapes.ts'

/** The domain of ONNX Runtime's own operators on images with channels in blocks. */
const domain = 'com.microsoft.nchwc'

/** Whether the blocked kernel supports these channels: whole blocks, or an image with less than one. */
export function fitsBlocks({ block }: Graph['target'], [, , from, to]: readonly number[]): boolean {
  return block !== undefined && to % block === 0 && (from % block === 0 || from < block)
}

/**
 * The convolution by ONNX Runtime's blocked kernel, which multiplies while reading and makes no columns. The runtime
 * inserts it automatically only if filters are constants, and ours are learned. An image [batch, height, width,
 * channels] of one block's channels already has the right layout.
 */
export function convolveInBlocks(graph: Graph, image: Value, filter: Value, geometry: Geometry): Value {
  const block = graph.target.block ?? 1
  const { outShape } = geometry
  if (outShape[3] === block && geometry.strides[0] === 1 && image.shape[3] % block === 0)
    return convolveTwoRows(graph, image, filter, geometry)
  return blockedConvolution(graph, image, filter, {
    ...geometry,
    arrange: (blocked) => fromBlocks(graph, blocked, outShape, block),
    spreadBias: (bias) => bias,
  })
}

/**
 * With one block of channels to compute, the kernel does not use half of its registers. So it computes two rows at
 * once, with the lower one as further channels: with filters one row higher, in strides of two rows.
 */
function convolveTwoRows(graph: Graph, image: Value, filter: Value, geometry: Geometry): Value {
  const { filterShape, outShape, pads, strides } = geometry
  const [batch, height, width, to] = outShape
  const pairs = Math.ceil(height / 2)
  const shifted = [0, 1].map((down) => pad(graph, filter, { paddings: [[down, 1 - down], ...noPadding], value: 0 }))
  const bottom = 2 * (pairs - 1) + filterShape[0] + 1 - image.shape[1] - pads[0]
  return blockedConvolution(graph, image, concat(graph, shifted, 3), {
    filterShape: [filterShape[0] + 1, filterShape[1], filterShape[2], 2 * to],
    outShape: [batch, pairs, width, 2 * to],
    pads: [pads[0], pads[1], bottom, pads[3]],
    strides: [2, strides[1]],
    arrange(blocked) {
      const rows = Array.from({ length: height }, (_, row) => (row % 2) * pairs + Math.floor(row / 2))
      const lines = reshape(graph, blocked, [batch, 2 * pairs, width * to])
      return reshape(graph, gatherRows(graph, lines, rows), outShape)
    },
    spreadBias: (bias) => concat(graph, [bias, bias], 0),
  })
}

const noPadding: [number, number][] = [
  [0, 0],
  [0, 0],
  [0, 0],
]

type Blocked = Pick<Geometry, 'filterShape' | 'outShape' | 'pads' | 'strides'> & {
  /** From [batch, channels / block, height, width, block] to the image. */
  arrange(blocked: Value): Value
  spreadBias(bias: Value): Value
}

function blockedConvolution(graph: Graph, image: Value, filter: Value, given: Blocked): Value {
  const block = graph.target.block ?? 1
  const { filterShape, outShape, pads, strides, arrange, spreadBias } = given
  const [batch, height, width, to] = outShape
  const inputs = [toBlocks(graph, image, block), blockFilter(graph, filter, block)]
  const attributes = { kernel_shape: filterShape.slice(0, 2), pads, strides }
  const build = (bias: Value | null, activation: { readonly activation?: string }): Value => {
    const all = bias === null ? inputs : [...inputs, spreadBias(bias)]
    const output = { shape: [batch, to, height, width], type: 'float32' } as const
    return arrange(graph.node('Conv', all, output, { domain, attributes: { ...attributes, ...activation } }))
  }
  const relu = { activation: 'Relu' }
  return offering(build(null, {}), {
    withBias: (bias) => offering(build(bias, {}), { withRelu: () => build(bias, relu) }),
    withRelu: () => build(null, relu),
  })
}

/**
 * [batch, height, width, channels] to [batch, channels / block, height, width, block], called [batch, channels, height,
 * width].
 */
function toBlocks(graph: Graph, image: Value, block: number): Value {
  const [batch, height, width, channels] = image.shape
  if (channels < block) return transpose(graph, image, [0, 3, 1, 2])
  const rows = { batch, outer: height * width, inner: channels / block, row: block }
  return reshape(graph, swapRows(graph, image, rows), [batch, channels, height, width])
}

function fromBlocks(graph: Graph, blocked: Value, shape: readonly number[], block: number): Value {
  const [batch, height, width, channels] = shape
  const rows = { batch, outer: channels / block, inner: height * width, row: block }
  return reshape(graph, swapRows(graph, blocked, rows), shape)
}

type Rows = { readonly batch: number; readonly outer: number; readonly inner: number; readonly row: number }

/** [batch, outer, inner, row] to [batch, inner, outer, row]. */
function swapRows(graph: Graph, x: Value, { batch, outer, inner, row }: Rows): Value {
  if (outer === 1 || inner === 1) return x
  const order = Array.from({ length: outer * inner }, (_, i) => (i % outer) * inner + Math.floor(i / outer))
  return gatherRows(graph, reshape(graph, x, [batch, outer * inner, row]), order)
}

/**
 * [batch, rows, row] in another order. Twice as fast as a transposition, which ONNX Runtime's optimizer would also move
 * to places where it is even slower.
 */
function gatherRows(graph: Graph, x: Value, order: readonly number[]): Value {
  const indices = graph.constant(order, { shape: [order.length], type: 'int32' })
  const shape = x.shape.with(1, order.length)
  return graph.node('Gather', [x, indices], { shape, type: x.type }, { attributes: { axis: 1 } })
}

/** [height, width, from, to] to [to / block, from / block, height, width, block of from, block of to]. */
function blockFilter(graph: Graph, filter: Value, block: number): Value {
  const [height, width, from, to] = filter.shape
  const inner = Math.min(from, block)
  const apart = reshape(graph, filter, [height, width, from / inner, inner, to / block, block])
  // An image with less than a block is read channel by channel.
  const perm = from < block ? [4, 2, 3, 0, 1, 5] : [4, 2, 0, 1, 3, 5]
  const shape = perm.map((axis) => apart.shape[axis])
  const blocked = graph.node('Transpose', [apart], { shape, type: 'float32' }, { attributes: { perm } })
  return reshape(graph, blocked, [to, from, height, width])
}
