import { type Graph, type Value } from '../graph.ts'
import type { Geometry } from './convolution-geometry.ts'
import { offering } from './fused.ts'
import { reshape } from './shapes.ts'

/** The domain of ONNX Runtime's own operators on images whose channels lie in blocks. */
const domain = 'com.microsoft.nchwc'

/**
 * The convolution by ONNX Runtime's blocked kernel, which multiplies as it reads and makes no columns. The runtime puts it
 * in by itself only where filters are constants, and ours are being learnt. An image [batch, height, width, channels] of one
 * block's channels lies as it must already.
 */
export function convolveInBlocks(graph: Graph, image: Value, filter: Value, geometry: Geometry): Value {
  const block = graph.target.block ?? 1
  const { imageShape, filterShape, outShape, pads, strides } = geometry
  const [batch, height, width, to] = outShape
  const inputs = [
    toBlocks(graph, image, [imageShape[0], imageShape[3], imageShape[1], imageShape[2]], block),
    blockFilter(graph, filter, block),
  ]
  const build = (bias: Value | null, activation: string | null): Value => {
    const blocked = graph.node(
      'Conv',
      bias === null ? inputs : [...inputs, bias],
      { shape: [batch, to, height, width], type: 'float32' },
      {
        domain,
        attributes: {
          kernel_shape: filterShape.slice(0, 2),
          pads,
          strides,
          ...(activation === null ? {} : { activation }),
        },
      },
    )
    return fromBlocks(graph, blocked, outShape, block)
  }
  return offering(build(null, null), {
    withBias: (bias) => offering(build(bias, null), { withRelu: () => build(bias, 'Relu') }),
    withRelu: () => build(null, 'Relu'),
  })
}

export function fitsBlocks({ block }: Graph['target'], [, , from, to]: readonly number[]): boolean {
  return block !== undefined && from % block === 0 && to % block === 0
}

/** [batch, height, width, channels] to [batch, channels / block, height, width, block], which is called as `shape` says. */
function toBlocks(graph: Graph, image: Value, shape: readonly number[], block: number): Value {
  const [batch, channels, height, width] = shape
  const cells = height * width
  return reshape(graph, swapRows(graph, image, { batch, outer: cells, inner: channels / block, row: block }), shape)
}

function fromBlocks(graph: Graph, blocked: Value, shape: readonly number[], block: number): Value {
  const [batch, height, width, channels] = shape
  const cells = height * width
  return reshape(graph, swapRows(graph, blocked, { batch, outer: channels / block, inner: cells, row: block }), shape)
}

type Rows = { readonly batch: number; readonly outer: number; readonly inner: number; readonly row: number }

/**
 * [batch, outer, inner, row] to [batch, inner, outer, row]. Gathering whole rows is twice as fast as a transposition, which
 * ONNX Runtime's optimizer would move to places where it is slower still.
 */
function swapRows(graph: Graph, x: Value, { batch, outer, inner, row }: Rows): Value {
  if (outer === 1 || inner === 1) return x
  const rows = outer * inner
  const indices = Array.from({ length: rows }, (_, i) => (i % outer) * inner + Math.floor(i / outer))
  const order = graph.constant(indices, { shape: [rows], type: 'int32' })
  const shape = [batch, rows, row]
  return graph.node('Gather', [reshape(graph, x, shape), order], { shape, type: x.type }, { attributes: { axis: 1 } })
}

/** [height, width, from, to] to [to / block, from / block, height, width, block of from, block of to]. */
function blockFilter(graph: Graph, filter: Value, block: number): Value {
  const [height, width, from, to] = filter.shape
  const apart = reshape(graph, filter, [height, width, from / block, block, to / block, block])
  const perm = [4, 2, 0, 1, 3, 5]
  const blocked = graph.node(
    'Transpose',
    [apart],
    { shape: perm.map((axis) => apart.shape[axis]), type: 'float32' },
    { attributes: { perm } },
  )
  return reshape(graph, blocked, [to, from, height, width])
}
