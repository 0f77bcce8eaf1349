import type { Attributes } from '../../kernel-attributes.ts'
import type { Graph, Value } from '../graph.ts'

/** One call of a TensorFlow.js kernel: its inputs and attributes, by TensorFlow.js's own names. */
export type KernelCall = {
  readonly graph: Graph
  readonly inputs: Readonly<Record<string, Value>>
  readonly attributes: Attributes
}

/** Adds the nodes that compute the kernel to the graph; returns its output, or all of them. */
export type KernelRecorder = (call: KernelCall) => Value | readonly Value[]

export type KernelTable = Readonly<Record<string, KernelRecorder>>
