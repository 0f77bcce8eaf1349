import type { Graph, Value } from '../graph.ts'
import { cast, scalar } from './elementwise.ts'
import { gemm } from './products.ts'
import { hits, oneHot, reshape } from './shapes.ts'
import type { KernelTable } from './kernel.ts'

export const indexingKernels: KernelTable = {
  GatherV2({ graph, inputs: { x, indices }, attributes }) {
    const axis = Number(attributes['axis'] ?? 0)
    if (Number(attributes['batchDims'] ?? 0) !== 0) throw new TypeError('GatherV2 with batchDims is not recorded')
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)]
    return graph.node('Gather', [x, indices], { shape, type: x.type }, { attributes: { axis } })
  },
  OneHot({ graph, inputs: { indices }, attributes }) {
    const depth = Number(attributes['depth'])
    const type = attributes['dtype'] === 'float32' ? 'float32' : 'int32'
    const [on, off] = [Number(attributes['onValue'] ?? 1), Number(attributes['offValue'] ?? 0)]
    if (on === 1 && off === 0) return oneHot(graph, indices, { depth, type })
    const hit = hits(graph, indices, depth)
    return graph.node('Where', [hit, scalar(graph, on, type), scalar(graph, off, type)], { shape: hit.shape, type })
  },
  UnsortedSegmentSum: ({ graph, inputs: { x, segmentIds }, attributes }) =>
    // Scattering has a fixed order of sums only in one thread.
    graph.target.threads === 1 && graph.target.device === 'cpu'
      ? scatterSum(graph, { x, segments: segmentIds, count: Number(attributes['numSegments']) })
      : productSum(graph, { x, segments: segmentIds, count: Number(attributes['numSegments']) }),
}

type Segments = { readonly x: Value; readonly segments: Value; readonly count: number }

function scatterSum(graph: Graph, { x, segments, count }: Segments): Value {
  const sums = { shape: [count, ...x.shape.slice(1)], type: x.type }
  const places = cast(graph, reshape(graph, segments, [...segments.shape, 1]), 'int64')
  return graph.node('ScatterND', [graph.uniform(0, sums), places, x], sums, { attributes: { reduction: 'add' } })
}

/** Twenty times the work, but a product has a fixed order. */
function productSum(graph: Graph, { x, segments, count }: Segments): Value {
  const members = oneHot(graph, segments, { depth: count, type: 'float32' })
  const rows = reshape(graph, x, [x.shape[0], -1])
  const sums = gemm(graph, [members, rows], { a: true, b: false })
  return reshape(graph, sums, [count, ...x.shape.slice(1)])
}
