import type { Attribute, ElementKind, Node, Value } from '../recording/graph.ts'
import { elementsOf } from '../recording/graph.ts'
import type { Recording } from '../recording/recorder.ts'
import { elementCodes } from '../recording/kernels/elementwise.ts'
import { encodeMessage } from './schema.ts'

export type ModelOptions = {
  readonly metadata?: Readonly<Record<string, string>>
  /** The name of a symbolic size, which stands for the first dimension of all inputs and outputs. */
  readonly batch?: string
  /** What constants are called in the file, for those who look for one; the others are numbered. */
  readonly names?: Readonly<Record<string, Value>>
}

const irVersion = 9
const opsetVersion = 18
const contributed = 'com.microsoft'

/** The bytes of an ONNX model (opset 18) that computes the recording's outputs from its inputs, both by name. */
export function encodeModel({ inputs, outputs }: Recording, options: ModelOptions = {}): Uint8Array {
  const named = nameOutputs(outputs)
  const nodes = neededNodes(Object.values(outputs))
  const names = new Map<Value, string>(
    Object.entries({ ...options.names, ...inputs }).map(([name, value]) => [value, name]),
  )
  for (const [name, value] of named.direct) names.set(value, name)
  const nameOf = (value: Value) => names.get(value) ?? `v${value.id}`
  const constants = new Set(
    [...nodes.flatMap((node) => node.inputs), ...Object.values(outputs)].filter((value) => isConstant(value)),
  )
  return encodeMessage('ModelProto', {
    irVersion,
    producerName: 'goalpost',
    opsetImport: [
      { domain: '', version: opsetVersion },
      ...(nodes.some(({ domain }) => domain === contributed) ? [{ domain: contributed, version: 1 }] : []),
    ],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'goalpost',
      node: [
        ...nodes.map((node) => nodeMessage(node, nameOf)),
        ...named.copies.map(([to, value]) => copyMessage(nameOf(value), to)),
      ],
      initializer: [...constants].map((value) => tensorMessage(nameOf(value), value)),
      input: Object.entries(inputs).map(([name, value]) => valueMessage(name, value, options.batch)),
      output: Object.entries(outputs).map(([name, value]) => valueMessage(name, value, options.batch)),
    },
  })
}

type NamedOutputs = { readonly direct: readonly [string, Value][]; readonly copies: readonly [string, Value][] }

/** An output needs a node of its own: inputs, constants and values that are two outputs are copied. */
function nameOutputs(outputs: Recording['outputs']): NamedOutputs {
  const direct: [string, Value][] = []
  const copies: [string, Value][] = []
  const taken = new Set<Value>()
  for (const entry of Object.entries(outputs)) {
    const own = entry[1].producer.kind === 'node' && !taken.has(entry[1])
    taken.add(entry[1])
    ;(own ? direct : copies).push(entry)
  }
  return { direct, copies }
}

/** The nodes that the outputs depend on, each after those that it depends on itself. */
export function neededNodes(outputs: readonly Value[]): readonly Node[] {
  const needed = new Set<Node>()
  const open = [...outputs]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value.producer.kind !== 'node' || needed.has(value.producer.node)) continue
    needed.add(value.producer.node)
    open.push(...value.producer.node.inputs)
  }
  // Values are numbered in the order of their making.
  return [...needed].toSorted((a, b) => a.outputs[0].id - b.outputs[0].id)
}

function isConstant({ producer }: Value): boolean {
  return producer.kind === 'constant' || producer.kind === 'uniform'
}

function nodeMessage(node: Node, nameOf: (value: Value) => string): Record<string, unknown> {
  return {
    opType: node.operator,
    name: `${node.operator}_${node.outputs[0].id}`,
    domain: node.domain,
    input: node.inputs.map(nameOf),
    output: node.outputs.map(nameOf),
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeMessage(name, value)),
  }
}

function copyMessage(from: string, to: string): Record<string, unknown> {
  return { opType: 'Identity', name: `Identity_${to}`, input: [from], output: [to] }
}

/** AttributeProto.AttributeType of the ONNX specification. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const

function attributeMessage(name: string, value: Attribute): Record<string, unknown> {
  if (typeof value === 'number') return { name, i: value, type: attributeTypes.int }
  if (typeof value === 'string') return { name, s: Buffer.from(value), type: attributeTypes.string }
  if ('float' in value) return { name, f: value.float, type: attributeTypes.float }
  return { name, ints: value, type: attributeTypes.ints }
}

function tensorMessage(name: string, value: Value): Record<string, unknown> {
  return { name, dims: value.shape, dataType: elementCodes[value.type], rawData: rawData(value) }
}

function rawData({ producer, shape, type }: Value): Uint8Array {
  const data =
    producer.kind === 'constant'
      ? producer.data
      : Array<number>(elementsOf(shape)).fill(producer.kind === 'uniform' ? producer.value : 0)
  const array = arrays[type](data)
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

const arrays: Readonly<Record<ElementKind, (data: ArrayLike<number>) => NodeJS.TypedArray>> = {
  float32: (data) => Float32Array.from(data),
  int32: (data) => Int32Array.from(data),
  int64: (data) => BigInt64Array.from(Array.from(data, BigInt)),
  uint8: (data) => Uint8Array.from(data),
  bool: (data) => Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)),
}

function valueMessage(name: string, { shape, type }: Value, batch: string | undefined): Record<string, unknown> {
  const dim = shape.map((size, i) => (i === 0 && batch !== undefined ? { dimParam: batch } : { dimValue: size }))
  return { name, type: { tensorType: { elemType: elementCodes[type], shape: { dim } } } }
}
