import type { Graph, Value } from '../graph.ts'

/** Further work that an operator could include. If it is used, the original value stays unused. */
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
