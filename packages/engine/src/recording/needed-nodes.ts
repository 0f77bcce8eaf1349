import type { Body, Node, Value } from './graph.ts'

/** The nodes that the outputs depend on, each after its own dependencies; given values need none. */
export function neededNodes(outputs: readonly Value[], given: readonly Value[] = []): readonly Node[] {
  const known = new Set(given)
  const needed = new Set<Node>()
  const open = [...outputs]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (known.has(value) || value.producer.kind !== 'node' || needed.has(value.producer.node)) continue
    const { node } = value.producer
    needed.add(node)
    open.push(...node.inputs, ...(node.body === undefined ? [] : bodyOf(node.body).taken))
  }
  return inOrder(needed)
}

export type BodyContent = {
  /** The nodes that depend on the body's inputs, in order. */
  readonly nodes: readonly Node[]
  /** Values from the graph around them, which are the same in every run of the body. */
  readonly taken: readonly Value[]
}

export function bodyOf({ inputs, outputs }: Body): BodyContent {
  const changing = changingNodes(outputs, new Set(inputs))
  const taken = [...changing]
    .flatMap((node) => node.inputs)
    .filter(
      (value) => !inputs.includes(value) && !(value.producer.kind === 'node' && changing.has(value.producer.node)),
    )
  return { nodes: inOrder(changing), taken: [...new Set(taken)] }
}

function changingNodes(outputs: readonly Value[], inputs: ReadonlySet<Value>): ReadonlySet<Node> {
  const known = new Map<Node, boolean>()
  const changes = (value: Value): boolean => {
    if (inputs.has(value)) return true
    if (value.producer.kind !== 'node') return false
    const { node } = value.producer
    const before = known.get(node)
    if (before !== undefined) return before
    const found = node.inputs.map(changes).includes(true)
    known.set(node, found)
    return found
  }
  outputs.forEach(changes)
  return new Set([...known].flatMap(([node, found]) => (found ? [node] : [])))
}

/** Values are numbered in the order of creation. */
function inOrder(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].toSorted((a, b) => a.outputs[0].id - b.outputs[0].id)
}
