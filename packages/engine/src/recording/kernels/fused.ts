import type { Graph, Value } from '../graph.ts'

/** What an operator could do along with its work, were it asked to. The value that it was not asked for is left unused. */
export type Offer = {
  /** The value plus a bias [channels]. */
  readonly withBias?: (bias: Value) => Value
  /** max(0, value) */
  readonly withRelu?: () => Value
}

const offers = new WeakMap<Value, Offer>()

export function offering(value: Value, offer: Offer): Value {
  offers.set(value, offer)
  return value
}

export function offerOf(value: Value): Offer {
  return offers.get(value) ?? {}
}

export function relu(graph: Graph, x: Value): Value {
  return offerOf(x).withRelu?.() ?? graph.node('Relu', [x], x)
}
