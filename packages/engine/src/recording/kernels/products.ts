import type { Attributes } from '../../kernel-attributes.ts'
import { producedBy, type Graph, type Value } from '../graph.ts'
import { addToGemm, combine } from './elementwise.ts'
import { relu } from './fused.ts'
import { reshape, transpose } from './shapes.ts'
import type { KernelTable } from './kernel.ts'

export const productKernels: KernelTable = {
  BatchMatMul: ({ graph, inputs: { a, b }, attributes }) =>
    multiply(graph, [a, b], { a: attributes['transposeA'] === true, b: attributes['transposeB'] === true }),
  _FusedMatMul({ graph, inputs: { a, b, bias }, attributes }) {
    const flags = { a: attributes['transposeA'] === true, b: attributes['transposeB'] === true }
    const product = multiply(graph, [a, b], flags)
    const biased =
      bias === undefined ? product : (addToGemm(graph, product, bias) ?? combine(graph, 'Add', [product, bias]))
    return activate(graph, biased, attributes)
  },
}

type Flags = { readonly a: boolean; readonly b: boolean }

function multiply(graph: Graph, [a, b]: readonly [Value, Value], flags: Flags): Value {
  const rank = Math.max(a.shape.length, b.shape.length)
  const batches = [...a.shape.slice(0, -2), ...b.shape.slice(0, -2)]
  if (batches.every((size) => size === 1)) {
    const product = gemm(graph, [flatten(graph, a), flatten(graph, b)], flags)
    return reshape(graph, product, [...Array<number>(rank - 2).fill(1), ...product.shape])
  }
  const left = flags.a ? swapLastAxes(graph, a) : a
  const right = flags.b ? swapLastAxes(graph, b) : b
  const lead = combineBatches(left.shape.slice(0, -2), right.shape.slice(0, -2))
  const shape = [...lead, left.shape[left.shape.length - 2], right.shape[right.shape.length - 1]]
  return graph.node('MatMul', [left, right], { shape, type: 'float32' })
}

/** Transpositions become the product's flags, which cost nothing. */
export function gemm(graph: Graph, [a, b]: readonly [Value, Value], flags: Flags): Value {
  const left = untranspose(a, flags.a)
  const right = untranspose(b, flags.b)
  const rows = left.value.shape[left.flipped ? 1 : 0]
  const columns = right.value.shape[right.flipped ? 0 : 1]
  const attributes = { transA: left.flipped ? 1 : 0, transB: right.flipped ? 1 : 0 }
  return graph.node('Gemm', [left.value, right.value], { shape: [rows, columns], type: 'float32' }, { attributes })
}

function untranspose(value: Value, flipped: boolean): { value: Value; flipped: boolean } {
  const before = producedBy(value, 'Transpose')
  return before === null ? { value, flipped } : { value: before.inputs[0], flipped: !flipped }
}

export function activate(graph: Graph, x: Value, attributes: Attributes): Value {
  const activation = attributes['activation'] ?? 'linear'
  if (activation === 'linear') return x
  if (activation === 'relu') return relu(graph, x)
  if (activation === 'elu') return graph.node('Elu', [x], x)
  if (activation === 'sigmoid') return graph.node('Sigmoid', [x], x)
  throw new TypeError(`a fused product with the activation ${JSON.stringify(activation)} is not recorded`)
}

function flatten(graph: Graph, x: Value): Value {
  return reshape(graph, x, x.shape.slice(-2))
}

function swapLastAxes(graph: Graph, x: Value): Value {
  const last = x.shape.length - 1
  return transpose(
    graph,
    x,
    x.shape.map((_size, i) => (i === last ? last - 1 : i === last - 1 ? last : i)),
  )
}

function combineBatches(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  const at = (shape: readonly number[], i: number) => shape[i - rank + shape.length] ?? 1
  return Array.from({ length: rank }, (_, i) => Math.max(at(a, i), at(b, i)))
}
