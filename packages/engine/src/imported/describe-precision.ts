/** How exactly a model computes. */
export type Precision = {
  /** The coarsest numbers that it computes with; `8-bit`: it is quantized. */
  readonly numbers: keyof typeof steps
  /** Whether it takes the scale of its 8-bit numbers from the batch that it computes. */
  readonly quantizesDynamically: boolean
}

type Tensor = { readonly dataType?: number }
type Node = {
  readonly opType?: string
  readonly attribute?: readonly { readonly name?: string; readonly i?: unknown; readonly t?: Tensor | null }[]
}
type Nodes = { readonly node?: readonly Node[]; readonly initializer?: readonly Tensor[] }

/** The distance between neighbouring numbers as a share of them; of 8-bit numbers, as a share of their range. */
const steps = { float32: 2 ** -23, float16: 2 ** -10, '8-bit': 2 ** -8, bfloat16: 2 ** -7 } as const

export function stepOf(numbers: Precision['numbers']): number {
  return steps[numbers]
}

const from8Bit = ['DequantizeLinear', 'MatMulInteger', 'ConvInteger', 'QLinearMatMul', 'QLinearConv']

/** Read from operators, constants and casts: types of intermediate values need not be declared. */
export function describePrecision(graphs: readonly Nodes[]): Precision {
  const nodes = graphs.flatMap(({ node = [] }) => node)
  const operators = new Set(nodes.map(({ opType = '' }) => opType))
  const types = new Set(graphs.flatMap(({ initializer = [] }) => initializer.map(({ dataType }) => dataType)))
  for (const { opType, attribute = [] } of nodes)
    for (const { name, i, t } of attribute) {
      if (t) types.add(t.dataType)
      if (opType === 'Cast' && name === 'to') types.add(Number(i))
    }
  return { numbers: coarsest(types, operators), quantizesDynamically: [...operators].some(isDynamic) }
}

/** TensorProto.DataType of the ONNX specification. */
const float16 = 10
const bfloat16 = 16

function coarsest(types: ReadonlySet<number | undefined>, operators: ReadonlySet<string>): Precision['numbers'] {
  if (types.has(bfloat16)) return 'bfloat16'
  if (from8Bit.some((name) => operators.has(name)) || [...operators].some(isDynamic)) return '8-bit'
  return types.has(float16) ? 'float16' : 'float32'
}

/** DynamicQuantizeLinear, and ONNX Runtime's operators that include it. */
function isDynamic(operator: string): boolean {
  return operator.startsWith('DynamicQuantize')
}
