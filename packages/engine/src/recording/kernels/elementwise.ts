import { backend_util } from '@tensorflow/tfjs-core'
import { producedBy, sameShape, uniformOf, type ElementKind, type Graph, type Value } from '../graph.ts'
import { offerOf, relu } from './fused.ts'
import type { KernelCall, KernelRecorder, KernelTable } from './kernel.ts'

/** Kernels of two operands that broadcast against each other. */
export const binaryKernels: KernelTable = {
  Add: arithmetic('Add', (graph, a, b) => (isUniform(a, 0) ? b : isUniform(b, 0) ? a : fuseSum(graph, a, b))),
  Sub: arithmetic('Sub', (_graph, a, b) => (isUniform(b, 0) ? a : null)),
  Multiply: arithmetic('Mul', simplifyProduct),
  RealDiv: arithmetic('Div', (_graph, a, b) => (isUniform(b, 1) ? a : null)),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  Pow: arithmetic('Pow'),
  SquaredDifference({ graph, inputs: { a, b } }) {
    const difference = combine(graph, 'Sub', [a, b])
    return combine(graph, 'Mul', [difference, difference])
  },
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  Equal: comparison('Equal'),
  NotEqual({ graph, inputs: { a, b } }) {
    const equal = combine(graph, 'Equal', [a, b], 'bool')
    return graph.node('Not', [equal], equal)
  },
  LogicalAnd: ({ graph, inputs: { a, b } }) => combine(graph, 'And', [truth(graph, a), truth(graph, b)]),
  LogicalOr: ({ graph, inputs: { a, b } }) => combine(graph, 'Or', [truth(graph, a), truth(graph, b)]),
}

/** Kernels of one operand, element by element. */
export const unaryKernels: KernelTable = {
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Sign: unary('Sign'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  Reciprocal: unary('Reciprocal'),
  Relu: ({ graph, inputs: { x } }) => relu(graph, x),
  Elu: unary('Elu'),
  Tanh: unary('Tanh'),
  Sigmoid: unary('Sigmoid'),
  Softplus: unary('Softplus'),
  Erf: unary('Erf'),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Rsqrt: ({ graph, inputs: { x } }) => graph.node('Reciprocal', [graph.node('Sqrt', [x], x)], x),
  Square: ({ graph, inputs: { x } }) => graph.node('Mul', [x, x], x),
  Step: ({ graph, inputs: { x }, attributes }) =>
    isPlainStep(x, attributes) && graph.target.device === 'cpu'
      ? // One pass instead of two; exact for all normal numbers.
        graph.node('HardSigmoid', [x], x, { attributes: { alpha: { float: 3e38 }, beta: { float: 0 } } })
      : attributes['alpha'] === undefined || attributes['alpha'] === 0
        ? cast(graph, combine(graph, 'Greater', [x, scalar(graph, 0, x.type)], 'bool'), x.type)
        : where(graph, [
            combine(graph, 'Greater', [x, scalar(graph, 0, x.type)], 'bool'),
            scalar(graph, 1, x.type),
            scalar(graph, Number(attributes['alpha']), x.type),
          ]),
  ClipByValue: ({ graph, inputs: { x }, attributes }) =>
    graph.node(
      'Clip',
      [
        x,
        scalar(graph, Number(attributes['clipValueMin']), x.type),
        scalar(graph, Number(attributes['clipValueMax']), x.type),
      ],
      x,
    ),
  LogicalNot: ({ graph, inputs: { x } }) => graph.node('Not', [truth(graph, x)], { shape: x.shape, type: 'bool' }),
  Cast: ({ graph, inputs: { x }, attributes }) => {
    const to = attributes['dtype']
    return to === 'bool' ? truth(graph, x) : cast(graph, x, to === 'int32' ? 'int32' : 'float32')
  },
  Select: ({ graph, inputs: { condition, t, e } }) => where(graph, [truth(graph, condition), t, e]),
}

type Simplify = (graph: Graph, a: Value, b: Value) => Value | null

function arithmetic(operator: string, simplify: Simplify = () => null): KernelRecorder {
  return ({ graph, inputs: { a, b } }) => {
    const simpler = simplify(graph, a, b)
    const shape = broadcast(a, b)
    return simpler !== null && sameShape(simpler.shape, shape) ? simpler : combine(graph, operator, [a, b])
  }
}

function comparison(operator: string): KernelRecorder {
  return ({ graph, inputs: { a, b } }) => combine(graph, operator, [a, b], 'bool')
}

function unary(operator: string): KernelRecorder {
  return ({ graph, inputs: { x } }: KernelCall) => graph.node(operator, [x], x)
}

/** x · 1 is x, repeated if 1 is the larger one. */
function simplifyProduct(graph: Graph, a: Value, b: Value): Value | null {
  if (isUniform(b, 1)) return repeat(graph, a, b.shape)
  if (isUniform(a, 1)) return repeat(graph, b, a.shape)
  return null
}

function isPlainStep({ type }: Value, { alpha }: KernelCall['attributes']): boolean {
  return type === 'float32' && (alpha === undefined || alpha === 0)
}

function fuseSum(graph: Graph, a: Value, b: Value): Value | null {
  const offer = b.shape.length === 1 && b.shape[0] === a.shape.at(-1) ? offerOf(a).withBias : undefined
  return offer === undefined ? addToGemm(graph, a, b) : offer(b)
}

/**
 * product + bias, [columns] or as large as the product, as one operator if the product is a Gemm without a bias. The
 * product alone stays in the graph only if something else needs it.
 */
export function addToGemm(graph: Graph, product: Value, bias: Value): Value | null {
  const gemm = producedBy(product, 'Gemm')
  const isRow = bias.shape.length === 1 && bias.shape[0] === product.shape.at(-1)
  const fits = isRow || sameShape(bias.shape, product.shape)
  if (gemm === null || gemm.inputs.length > 2 || !fits) return null
  return graph.node('Gemm', [...gemm.inputs, bias], product, { attributes: gemm.attributes })
}

function repeat(graph: Graph, x: Value, shape: readonly number[]): Value | null {
  const whole = backend_util.assertAndGetBroadcastShape([...x.shape], [...shape])
  if (sameShape(whole, x.shape)) return x
  const sizes = graph.constant(whole, { shape: [whole.length], type: 'int64' })
  return graph.node('Expand', [x, sizes], { shape: whole, type: x.type })
}

/** One broadcasting operator. Operands of one repeated value become scalars if the other one has the result's shape. */
export function combine(graph: Graph, operator: string, [a, b]: readonly [Value, Value], type?: ElementKind): Value {
  const shape = broadcast(a, b)
  const left = sameShape(b.shape, shape) ? shrink(graph, a) : a
  const right = sameShape(left.shape, shape) || sameShape(a.shape, shape) ? shrink(graph, b) : b
  return graph.node(operator, [left, right], { shape, type: type ?? a.type })
}

function where(graph: Graph, [condition, yes, no]: readonly [Value, Value, Value]): Value {
  const shape = backend_util.assertAndGetBroadcastShape(broadcast(yes, no), [...condition.shape])
  const choices = sameShape(condition.shape, shape) ? [shrink(graph, yes), shrink(graph, no)] : [yes, no]
  return graph.node('Where', [condition, ...choices], { shape, type: yes.type })
}

function shrink(graph: Graph, value: Value): Value {
  const uniform = value.producer.kind === 'uniform' ? value.producer.value : null
  return uniform === null ? value : scalar(graph, uniform, value.type)
}

/** The result of a comparison, a cast to bool or a byte input, as ONNX's own truth values. */
export function truth(graph: Graph, x: Value): Value {
  return x.type === 'bool' ? x : cast(graph, x, 'bool')
}

export function cast(graph: Graph, x: Value, type: ElementKind): Value {
  if (x.type === type) return x
  const uniform = x.producer.kind === 'uniform' ? x.producer.value : null
  if (uniform !== null) return graph.uniform(uniform, { shape: x.shape, type })
  return graph.node('Cast', [x], { shape: x.shape, type }, { attributes: { to: elementCodes[type] } })
}

/** TensorProto.DataType of the ONNX specification. */
export const elementCodes: Readonly<Record<ElementKind, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 }

export function scalar(graph: Graph, value: number, type: ElementKind): Value {
  return graph.constant([value], { shape: [], type })
}

function isUniform(value: Value, wanted: number): boolean {
  return uniformOf(value) === wanted
}

function broadcast(a: Value, b: Value): number[] {
  return backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape])
}
