import { backend_util, slice_util, util, type TensorInfo } from '@tensorflow/tfjs-core'
import { axesIn, extentsIn, numbersIn, paddingsIn, stridedSliceIn } from '../../kernel-attributes.ts'
import {
  elementsOf,
  producedBy,
  sameShape,
  shapeConstant,
  type ElementKind,
  type Graph,
  type Node,
  type Value,
} from '../graph.ts'
import { cast, scalar } from './elementwise.ts'
import type { KernelTable } from './kernel.ts'

/** Kernels that only move elements. */
export const shapeKernels: KernelTable = {
  Identity: ({ inputs: { x } }) => x,
  Reshape: ({ graph, inputs: { x }, attributes }) =>
    reshape(graph, x, util.inferFromImplicitShape(numbersIn(attributes, 'shape'), elementsOf(x.shape))),
  ExpandDims({ graph, inputs: { input }, attributes }) {
    const shape = [...input.shape]
    const dim = Number(attributes['dim'])
    shape.splice(dim < 0 ? shape.length + 1 + dim : dim, 0, 1)
    return reshape(graph, input, shape)
  },
  Transpose: ({ graph, inputs: { x }, attributes }) => transpose(graph, x, numbersIn(attributes, 'perm')),
  Slice({ graph, inputs: { x }, attributes }) {
    const [begin, size] = slice_util.parseSliceParams(
      infoOf(x),
      extentsIn(attributes, 'begin'),
      attributes['size'] === undefined ? undefined : extentsIn(attributes, 'size'),
    )
    return slice(graph, x, { begin, size })
  },
  StridedSlice({ graph, inputs: { x }, attributes }) {
    const info = stridedSliceIn(attributes, x.shape)
    const size = slice_util.computeOutShape(info.begin, info.end, info.strides)
    return reshape(graph, slice(graph, x, { begin: info.begin, size, strides: info.strides }), info.finalShape)
  },
  Concat({ graph, inputs, attributes }) {
    const parts = Object.values(inputs)
    const [axis] = axesIn(attributes, 'axis', parts[0].shape)
    return concat(graph, parts, axis)
  },
  Pack({ graph, inputs, attributes }) {
    const parts = Object.values(inputs)
    const axis = Number(attributes['axis'])
    const shape = [...parts[0].shape]
    shape.splice(axis, 0, 1)
    return concat(
      graph,
      parts.map((part) => reshape(graph, part, shape)),
      axis,
    )
  },
  Unpack({ graph, inputs: { value }, attributes }) {
    const axis = normalAxis(Number(attributes['axis']), value.shape.length)
    const shape = value.shape.filter((_size, i) => i !== axis)
    return split(graph, value, { axis, sizes: Array<number>(value.shape[axis]).fill(1) }).map((part) =>
      reshape(graph, part, shape),
    )
  },
  SplitV({ graph, inputs: { x }, attributes }) {
    const axis = normalAxis(Number(attributes['axis']), x.shape.length)
    const sizes = backend_util.prepareSplitSize(infoOf(x), extentsIn(attributes, 'numOrSizeSplits'), axis)
    return split(graph, x, { axis, sizes })
  },
  PadV2({ graph, inputs: { x }, attributes }) {
    const paddings = paddingsIn(attributes, 'paddings')
    return pad(graph, x, { paddings, value: Number(attributes['constantValue'] ?? 0) })
  },
  Tile({ graph, inputs: { x }, attributes }) {
    const reps = numbersIn(attributes, 'reps')
    const shape = x.shape.map((size, i) => size * reps[i])
    return graph.node('Tile', [x, shapeConstant(graph, reps)], { shape, type: x.type })
  },
  Reverse({ graph, inputs: { x }, attributes }) {
    const axes = axesIn(attributes, 'dims', x.shape)
    const inputs = [axes.map(() => -1), axes.map(() => beforeAll), axes, axes.map(() => -1)]
    return graph.node('Slice', [x, ...inputs.map((values) => shapeConstant(graph, values))], x)
  },
  ZerosLike: ({ graph, inputs: { x } }) => graph.uniform(0, { shape: x.shape, type: x.type }),
  OnesLike: ({ graph, inputs: { x } }) => graph.uniform(1, { shape: x.shape, type: x.type }),
  Fill: ({ graph, attributes }) =>
    graph.uniform(Number(attributes['value']), {
      shape: numbersIn(attributes, 'shape'),
      type: attributes['dtype'] === 'int32' ? 'int32' : attributes['dtype'] === 'bool' ? 'bool' : 'float32',
    }),
}

/** [… , depth]: 1 if the index is the column's. */
export function oneHot(
  graph: Graph,
  indices: Value,
  { depth, type }: { readonly depth: number; readonly type: ElementKind },
): Value {
  return cast(graph, hits(graph, indices, depth), type)
}

export function hits(graph: Graph, indices: Value, depth: number): Value {
  const classes = graph.constant(
    Array.from({ length: depth }, (_, i) => i),
    { shape: [depth], type: indices.type },
  )
  const column = reshape(graph, indices, [...indices.shape, 1])
  return graph.node('Equal', [column, classes], { shape: [...indices.shape, depth], type: 'bool' })
}

export function reshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x
  if (x.producer.kind === 'uniform') return graph.uniform(x.producer.value, { shape, type: x.type })
  const before = producedBy(x, 'Reshape')
  if (before !== null) return reshape(graph, before.inputs[0], shape)
  return graph.node('Reshape', [x, shapeConstant(graph, shape)], { shape, type: x.type })
}

export function transpose(graph: Graph, x: Value, perm: readonly number[]): Value {
  if (perm.every((from, to) => from === to)) return x
  const before = producedBy(x, 'Transpose')
  if (before !== null) {
    const first = permutationOf(before)
    return transpose(
      graph,
      before.inputs[0],
      perm.map((axis) => first[axis]),
    )
  }
  const shape = perm.map((axis) => x.shape[axis])
  // Axes of one element may be anywhere: if the others are in order, nothing moves.
  const moving = perm.filter((axis) => x.shape[axis] !== 1)
  if (moving.every((axis, i) => i === 0 || moving[i - 1] < axis)) return reshape(graph, x, shape)
  return graph.node('Transpose', [x], { shape, type: x.type }, { attributes: { perm } })
}

function permutationOf({ attributes: { perm } }: Node): readonly number[] {
  if (typeof perm === 'object' && 'map' in perm) return perm
  throw new TypeError('a transposition has no permutation')
}

type Box = { readonly begin: readonly number[]; readonly size: readonly number[]; readonly strides?: readonly number[] }

export function slice(graph: Graph, x: Value, { begin, size, strides }: Box): Value {
  const step = strides ?? begin.map(() => 1)
  if (sameShape(x.shape, size) && step.every((by) => by === 1)) return x
  const axes = begin.flatMap((_from, axis) => (size[axis] === x.shape[axis] && step[axis] === 1 ? [] : [axis]))
  const ends = axes.map((axis) => endOf(begin[axis], size[axis], step[axis]))
  const inputs = [axes.map((axis) => begin[axis]), ends, axes, axes.map((axis) => step[axis])]
  return graph.node('Slice', [x, ...inputs.map((values) => shapeConstant(graph, values))], {
    shape: size,
    type: x.type,
  })
}

/** The end of a downward slice that includes element 0: -1 would be the last one. */
const beforeAll = -(2 ** 31)

function endOf(begin: number, size: number, step: number): number {
  const end = begin + size * step
  return end < 0 ? beforeAll : end
}

export function concat(graph: Graph, parts: readonly Value[], axis: number): Value {
  const given = parts.filter(({ shape }) => elementsOf(shape) > 0)
  if (given.length === 1) return given[0]
  const shape = [...given[0].shape]
  shape[axis] = given.reduce((sum, part) => sum + part.shape[axis], 0)
  return graph.node('Concat', given, { shape, type: given[0].type }, { attributes: { axis } })
}

type Cut = { readonly axis: number; readonly sizes: readonly number[] }

function split(graph: Graph, x: Value, { axis, sizes }: Cut): readonly Value[] {
  if (sizes.length === 1) return [x]
  // WebGPU shaders support at most twelve buffers.
  if (graph.target.device === 'gpu' && sizes.length > 8) return slices(graph, x, { axis, sizes })
  const outputs = sizes.map((size) => ({ shape: x.shape.with(axis, size), type: x.type }))
  return graph.nodes('Split', [x, shapeConstant(graph, sizes)], outputs, { attributes: { axis } })
}

function slices(graph: Graph, x: Value, { axis, sizes }: Cut): readonly Value[] {
  let from = 0
  return sizes.map((size) => {
    const begin = x.shape.map((_size, i) => (i === axis ? from : 0))
    from += size
    return slice(graph, x, { begin, size: x.shape.with(axis, size) })
  })
}

type Padding = { readonly paddings: readonly (readonly [number, number])[]; readonly value: number }

export function pad(graph: Graph, x: Value, { paddings, value }: Padding): Value {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x
  const shape = x.shape.map((size, i) => paddings[i][0] + size + paddings[i][1])
  const amounts = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]
  return graph.node('Pad', [x, shapeConstant(graph, amounts), scalar(graph, value, x.type)], { shape, type: x.type })
}

/** The part of a tensor that TensorFlow.js's shape functions read. */
function infoOf({ shape }: Value): TensorInfo {
  return { dataId: {}, shape: [...shape], dtype: 'float32' }
}

function normalAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}
