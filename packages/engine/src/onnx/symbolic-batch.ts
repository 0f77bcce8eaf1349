import type { Recording } from '../recording/recorder.ts'
import {
  createGraph,
  sameShape,
  shapeConstant,
  type Graph,
  type Node,
  type NodeRequest,
  type Value,
} from '../recording/graph.ts'

/** The same function, recorded with another number of rows in its inputs. */
export type SizedRecording = { readonly batch: number; readonly recording: Recording }

/**
 * One recording for any batch, from several with fixed ones. A recording is the same graph at every batch, except for
 * the integers in shapes: those that change are a multiple of the batch plus a rest, and are computed from
 * the input's own shape. Throws a TypeError if the function uses its batch in another way.
 *
 * rows: inputs whose first dimension is the batch. known: inputs whose values are given, and become constants.
 */
export function joinRecordings(
  sized: readonly SizedRecording[],
  { rows, known }: { readonly rows: readonly string[]; readonly known: Readonly<Record<string, ArrayLike<number>>> },
): Recording & { readonly constants: Readonly<Record<string, Value>> } {
  const [{ recording: first }] = sized
  const graph = createGraph()
  // Unlike equal constants, not shared: each keeps its own name.
  const constants = mapEntries(known, (data, name): Value => {
    return { ...graph.input(name, first.inputs[name]), producer: { kind: 'constant', data } }
  })
  const inputs = Object.fromEntries(rows.map((name) => [name, graph.input(name, first.inputs[name])]))
  const batch = () =>
    graph.node('Shape', [inputs[rows[0]]], { shape: [1], type: 'int64' }, { attributes: { start: 0, end: 1 } })
  const join = createJoin({
    graph,
    batch,
    batches: sized.map((each) => each.batch),
    named: { ...inputs, ...constants },
  })
  const outputs = mapEntries(first.outputs, (_value, name) =>
    join(sized.map(({ recording }) => recording.outputs[name])),
  )
  return { inputs, outputs, constants }
}

type Joining = {
  readonly graph: Graph
  /** int64 [1] */
  readonly batch: () => Value
  readonly batches: readonly number[]
  readonly named: Readonly<Record<string, Value>>
}

/** Converts one value, given in every recording, into one of the common graph. */
function createJoin(joining: Joining): (twins: readonly Value[]) => Value {
  const { graph, named } = joining
  const known = new Map<Value, Value>()
  const nodes = new Map<Node, readonly Value[]>()

  const make = (twins: readonly Value[]): Value => {
    const [{ producer }] = twins
    if (producer.kind === 'input') return named[producer.name]
    if (producer.kind === 'constant') return joinConstants(joining, twins)
    if (producer.kind === 'uniform') return joinRepeated(joining, twins, producer.value)
    const { node } = producer
    const made = nodes.get(node) ?? joinNodes(twins.map(nodeOf))
    nodes.set(node, made)
    return made[node.outputs.indexOf(twins[0])]
  }

  const joinNodes = (twins: readonly Node[]): readonly Value[] => {
    const [{ operator, inputs, attributes, outputs, domain }] = twins
    const request: NodeRequest = { domain, attributes }
    const joined = inputs.map((_input, i) => {
      const given = twins.map((twin) => twin.inputs[i])
      return operator === 'Reshape' && i === 1 ? joinReshape(joining, given) : join(given)
    })
    return graph.nodes(operator, joined, outputs, request)
  }

  const join = (twins: readonly Value[]): Value => {
    const before = known.get(twins[0])
    if (before !== undefined) return before
    requireTwins(twins)
    const made = make(twins)
    known.set(twins[0], made)
    return made
  }
  return join
}

function requireTwins(twins: readonly Value[]): void {
  const signatures = new Set(twins.map(signatureOf))
  if (signatures.size === 1) return
  throw new TypeError(`it computes something else at another batch: ${[...signatures].join(' or ')}`)
}

function signatureOf({ producer, type }: Value): string {
  if (producer.kind === 'input') return `the input ${producer.name}`
  if (producer.kind === 'constant') return `a constant of type ${type}`
  if (producer.kind === 'uniform') return `the number ${producer.value}`
  const { operator, attributes, inputs, outputs } = producer.node
  return `${operator} ${JSON.stringify(attributes)} of ${inputs.length} inputs, ${outputs.length} outputs`
}

function nodeOf({ producer }: Value): Node {
  if (producer.kind !== 'node') throw new TypeError('not a node')
  return producer.node
}

function joinConstants(joining: Joining, twins: readonly Value[]): Value {
  const data = twins.map(elementsIn)
  const [first, ...others] = data
  const [{ shape, type }] = twins
  const sameSize = twins.every((twin) => sameShape(twin.shape, shape))
  if (sameSize && others.every((other) => sameShape(other, first)))
    return joining.graph.constant(first, { shape, type })
  if (data.flat().every((element) => element === first[0])) return joinRepeated(joining, twins, first[0])
  if (type !== 'int64' || shape.length !== 1)
    throw new TypeError(`it holds a constant of type ${type} [${shape.join()}] that depends on the batch`)
  return joinVectors(joining, data)
}

/** One number, repeated according to the batch. */
function joinRepeated(joining: Joining, twins: readonly Value[], value: number): Value {
  const { graph } = joining
  const [{ shape, type }] = twins
  const sizes = joinVectors(
    joining,
    twins.map((twin) => twin.shape),
  )
  return graph.node('Expand', [graph.constant([value], { shape: [], type }), sizes], { shape, type })
}

/** -1 is the remaining size, so one size that depends on the batch need not be computed. */
function joinReshape(joining: Joining, twins: readonly Value[]): Value {
  const data = twins.map(elementsIn)
  const [first] = data
  const moving = first.map((_size, i) => data.some((sizes) => sizes[i] !== first[i]))
  if (moving.filter(Boolean).length !== 1) return joinConstants(joining, twins)
  return shapeConstant(
    joining.graph,
    first.map((size, i) => (moving[i] ? -1 : size)),
  )
}

/** An int64 vector whose elements are factor · batch + rest. */
function joinVectors({ graph, batch, batches }: Joining, vectors: readonly (readonly number[])[]): Value {
  const [first] = vectors
  if (vectors.every((vector) => sameShape(vector, first))) return shapeConstant(graph, first)
  const one = { shape: [1], type: 'int64' } as const
  const elements = first.map((_element, i) => {
    const { factor, rest } = fitLine(
      batches,
      vectors.map((vector) => vector[i]),
    )
    if (factor === 0) return shapeConstant(graph, [rest])
    const scaled = factor === 1 ? batch() : graph.node('Mul', [batch(), shapeConstant(graph, [factor])], one)
    return rest === 0 ? scaled : graph.node('Add', [scaled, shapeConstant(graph, [rest])], one)
  })
  if (elements.length === 1) return elements[0]
  return graph.node('Concat', elements, { shape: [elements.length], type: 'int64' }, { attributes: { axis: 0 } })
}

function fitLine(batches: readonly number[], values: readonly number[]): { factor: number; rest: number } {
  const factor = (values[1] - values[0]) / (batches[1] - batches[0])
  const rest = values[0] - factor * batches[0]
  if (Number.isInteger(factor) && batches.every((batch, i) => factor * batch + rest === values[i]))
    return { factor, rest }
  throw new TypeError(`a size of it is ${values.join(', ')} at the batches ${batches.join(', ')}`)
}

function elementsIn({ producer }: Value): number[] {
  if (producer.kind !== 'constant') throw new TypeError('not a constant')
  return Array.from(producer.data)
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}
