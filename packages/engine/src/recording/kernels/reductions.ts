import { axesIn } from '../../kernel-attributes.ts'
import { elementsOf, shapeConstant, type Graph, type Value } from '../graph.ts'
import { cast } from './elementwise.ts'
import type { KernelRecorder, KernelTable } from './kernel.ts'

export const reductionKernels: KernelTable = {
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  ArgMax({ graph, inputs: { x }, attributes }) {
    const [axis] = axesIn(attributes, 'axis', x.shape)
    const shape = x.shape.filter((_size, i) => i !== axis)
    const index = graph.node('ArgMax', [x], { shape, type: 'int64' }, { attributes: { axis, keepdims: 0 } })
    return cast(graph, index, 'int32')
  },
  Softmax: ({ graph, inputs: { logits } }) => graph.node('Softmax', [logits], logits, { attributes: { axis: -1 } }),
}

function reduction(operator: string): KernelRecorder {
  return ({ graph, inputs: { x }, attributes }) => {
    const axes = axesIn(attributes, 'reductionIndices' in attributes ? 'reductionIndices' : 'axis', x.shape)
    return reduce(graph, operator, { x: numeric(graph, x), axes, keepDims: attributes['keepDims'] === true })
  }
}

/** Counting truth values gives integers in TensorFlow.js. */
function numeric(graph: Graph, x: Value): Value {
  return x.type === 'bool' || x.type === 'uint8' ? cast(graph, x, 'int32') : x
}

/**
 * ONNX Runtime's WebGPU shaders give each sum to one workgroup, or to one thread: long ones are computed axis by axis.
 */
const longestSum = 4096

type Reduction = { readonly x: Value; readonly axes: readonly number[]; readonly keepDims: boolean }

export function reduce(graph: Graph, operator: string, { x, axes, keepDims }: Reduction): Value {
  const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size))
  const shape = keepDims ? kept : x.shape.filter((_size, i) => !axes.includes(i))
  if (elementsOf(kept) === elementsOf(x.shape))
    return graph.node('Reshape', [x, shapeConstant(graph, shape)], { shape, type: x.type })
  if (graph.target.device === 'gpu' && axes.length > 1 && elementsOf(x.shape) > longestSum * elementsOf(kept)) {
    const [first, ...others] = axes
    const parts = reduce(graph, operator, { x, axes: others, keepDims: true })
    return reduce(graph, operator, { x: parts, axes: [first], keepDims })
  }
  return graph.node(
    operator,
    [x, shapeConstant(graph, axes)],
    { shape, type: x.type },
    { attributes: { keepdims: keepDims ? 1 : 0 } },
  )
}
