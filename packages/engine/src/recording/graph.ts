/** The element type of a value. tfjs's `bool` is `bool` here if it was computed and `uint8` if it is an input. */
export type ElementKind = 'float32' | 'int32' | 'int64' | 'uint8' | 'bool'

export type Value = {
  readonly id: number
  readonly shape: readonly number[]
  readonly type: ElementKind
  readonly producer: Producer
}

export type Producer =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly data: ArrayLike<number> }
  /** Every element is `value`: expanded to its shape only if an operator needs it. */
  | { readonly kind: 'uniform'; readonly value: number }
  | { readonly kind: 'node'; readonly node: Node }

export type Attribute = number | string | readonly number[] | { readonly float: number }

/** A separate graph that is run repeatedly; it may also use values of the graph around it. */
export type Body = { readonly inputs: readonly Value[]; readonly outputs: readonly Value[] }

export type Node = {
  readonly operator: string
  /** '' for ONNX itself, else the domain of a contributed operator. */
  readonly domain: string
  readonly inputs: readonly Value[]
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly outputs: readonly Value[]
  readonly body?: Body
}

export type ValueType = Pick<Value, 'shape' | 'type'>

/** Where a graph will be run, as far as its operators depend on it; `any` must work in every runtime. */
export type Target = {
  readonly device: 'cpu' | 'gpu' | 'any'
  readonly threads: number
  /** Channels in a block of ONNX Runtime's blocked convolutions on this processor; left out if it has none. */
  readonly block?: number
}

const anywhere: Target = { device: 'any', threads: 1 }

export type NodeRequest = {
  readonly domain?: string
  readonly attributes?: Readonly<Record<string, Attribute>>
  readonly body?: Body
}

/**
 * A graph under construction. Requesting a node twice gives the same value, so common subexpressions are shared; nodes
 * that no output needs are left out when it is written.
 */
export type Graph = {
  readonly target: Target
  input(name: string, type: ValueType): Value
  constant(data: ArrayLike<number>, type: ValueType): Value
  uniform(value: number, type: ValueType): Value
  /** A node with one output. */
  node(operator: string, inputs: readonly Value[], output: ValueType, request?: NodeRequest): Value
  /** A node with several outputs. */
  nodes(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly ValueType[],
    request?: NodeRequest,
  ): readonly Value[]
}

export function createGraph(target: Target = anywhere): Graph {
  let next = 0
  const known = new Map<string, readonly Value[]>()
  const create = (producer: Producer, { shape, type }: ValueType): Value => ({ id: next++, shape, type, producer })

  function once(key: string, make: () => readonly Value[]): readonly Value[] {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    known.set(key, made)
    return made
  }

  const graph: Graph = {
    target,
    input: (name, type) => create({ kind: 'input', name }, type),
    constant(data, type) {
      const make = () => [create({ kind: 'constant', data }, type)]
      const [value] =
        data.length > keyedElements ? make() : once(`constant ${keyOf(type)} ${Array.from(data).join()}`, make)
      return value
    },
    uniform(value, type) {
      if (elementsOf(type.shape) === 1) return graph.constant([value], type)
      return once(`uniform ${keyOf(type)} ${value}`, () => [create({ kind: 'uniform', value }, type)])[0]
    },
    node: (operator, inputs, output, request) => graph.nodes(operator, inputs, [output], request)[0],
    nodes(operator, given, outputs, { domain = '', attributes = {}, body } = {}) {
      const inputs = given.map((value) => spell(graph, value))
      const ids = inputs.map(({ id }) => id).join()
      const inner = body?.outputs.map(({ id }) => id).join() ?? ''
      const key = `${domain}.${operator} ${ids} ${JSON.stringify(attributes)} ${outputs.map(keyOf).join(';')} ${inner}`
      return once(key, () => {
        const made: Value[] = []
        const node: Node = {
          operator,
          domain,
          inputs,
          attributes,
          outputs: made,
          ...(body === undefined ? {} : { body }),
        }
        for (const output of outputs) made.push(create({ kind: 'node', node }, output))
        return made
      })
    },
  }
  return graph
}

/** Longer constants are not shared: comparing them costs more than storing one twice. */
const keyedElements = 4096

/** Expands a repeated value for operators that need all of its elements. */
function spell(graph: Graph, value: Value): Value {
  if (value.producer.kind !== 'uniform') return value
  const scalar = graph.constant([value.producer.value], { shape: [], type: value.type })
  return graph.node('Expand', [scalar, shapeConstant(graph, value.shape)], value)
}

/** The int64 vector that operators take shapes, axes and offsets in. */
export function shapeConstant(graph: Graph, values: readonly number[]): Value {
  return graph.constant(values, { shape: [values.length], type: 'int64' })
}

/** The value of a constant with equal elements; else null. */
export function uniformOf({ producer }: Value): number | null {
  if (producer.kind === 'uniform') return producer.value
  if (producer.kind === 'constant' && producer.data.length === 1) return producer.data[0]
  return null
}

/** The node that makes the value, if it has that operator; else null. */
export function producedBy({ producer }: Value, operator: string): Node | null {
  return producer.kind === 'node' && producer.node.operator === operator ? producer.node : null
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i])
}

function keyOf({ shape, type }: ValueType): string {
  return `${type}[${shape.join()}]`
}
