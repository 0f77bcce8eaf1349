import type { Attribute, Body, ElementKind, Node, Value } from '../recording/graph.ts'
import { elementsOf } from '../recording/graph.ts'
import { bodyOf, neededNodes } from '../recording/needed-nodes.ts'
import type { Recording } from '../recording/recorder.ts'
import { elementCodes } from '../recording/kernels/elementwise.ts'
import { encodeMessage } from './schema.ts'

export type ModelOptions = {
  readonly metadata?: Readonly<Record<string, string>>
  /** The name of a symbolic size, for the first dimension of all inputs and outputs. */
  readonly batch?: string
  /** Names of constants in the file; other constants are numbered. */
  readonly names?: Readonly<Record<string, Value>>
}

const irVersion = 9
const opsetVersion = 18

/** The bytes of an ONNX model (opset 18) that computes the recording's outputs from its inputs, both by name. */
export function encodeModel({ inputs, outputs }: Recording, options: ModelOptions = {}): Uint8Array {
  const given = Object.values(inputs)
  const named = nameOutputs(outputs, given)
  const nodes = neededNodes(Object.values(outputs), given)
  const names = new Map<Value, string>(
    Object.entries({ ...options.names, ...inputs }).map(([name, value]) => [value, name]),
  )
  for (const [name, value] of named.direct) names.set(value, name)
  const nameOf = (value: Value) => names.get(value) ?? `v${value.id}`
  const used = nodes.flatMap((node) => [...node.inputs, ...(node.body === undefined ? [] : bodyOf(node.body).taken)])
  const constants = new Set([...used, ...Object.values(outputs)].filter((value) => isConstant(value)))
  return encodeMessage('ModelProto', {
    irVersion,
    producerName: 'goalpost',
    opsetImport: [{ domain: '', version: opsetVersion }, ...domainsOf(nodes).map((domain) => ({ domain, version: 1 }))],
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

/** An output needs its own node: inputs, constants and values used for two outputs are copied. */
function nameOutputs(outputs: Recording['outputs'], given: readonly Value[]): NamedOutputs {
  const direct: [string, Value][] = []
  const copies: [string, Value][] = []
  const taken = new Set(given)
  for (const entry of Object.entries(outputs)) {
    const own = entry[1].producer.kind === 'node' && !taken.has(entry[1])
    taken.add(entry[1])
    ;(own ? direct : copies).push(entry)
  }
  return { direct, copies }
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
    attribute: [
      ...Object.entries(node.attributes).map(([name, value]) => attributeMessage(name, value)),
      ...(node.body === undefined ? [] : [bodyMessage(node.body, nameOf)]),
    ],
  }
}

function bodyMessage(body: Body, nameOf: (value: Value) => string): Record<string, unknown> {
  const message = {
    name: 'body',
    node: bodyOf(body).nodes.map((node) => nodeMessage(node, nameOf)),
    input: body.inputs.map((value) => valueMessage(nameOf(value), value)),
    output: body.outputs.map((value) => valueMessage(nameOf(value), value)),
  }
  return { name: 'body', g: message, type: attributeTypes.graph }
}

/** The domains of ONNX Runtime's own operators: ONNX's needs only its version. */
function domainsOf(nodes: readonly Node[]): readonly string[] {
  const all = nodes.flatMap((node) => [node, ...(node.body === undefined ? [] : bodyOf(node.body).nodes)])
  return [...new Set(all.map(({ domain }) => domain))].filter((domain) => domain !== '')
}

function copyMessage(from: string, to: string): Record<string, unknown> {
  return { opType: 'Identity', name: `Identity_${to}`, input: [from], output: [to] }
}

/** AttributeProto.AttributeType of the ONNX specification. */
const attributeTypes = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const

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

function valueMessage(name: string, { shape, type }: Value, batch?: string): Record<string, unknown> {
  const dim = shape.map((size, i) => (i === 0 && batch !== undefined ? { dimParam: batch } : { dimValue: size }))
  return { name, type: { tensorType: { elemType: elementCodes[type], shape: { dim } } } }
}
