import type { Graph, Value, ValueType } from './graph.ts'

export type Loop = {
  /** The values carried from round to round. */
  readonly initial: readonly Value[]
  /** [rounds, …]: each round gets its slice. */
  readonly sequences: readonly Value[]
}

export type Round = { readonly carried: readonly Value[]; readonly slices: readonly Value[] }

export type Scanned = {
  /** After the last round. */
  readonly carried: readonly Value[]
  /** [rounds, …]: the slices of all rounds. */
  readonly sequences: readonly Value[]
}

/** Runs `round` for each slice of the sequences, in order; its values stay small enough for a cache. */
export function scan(graph: Graph, { initial, sequences }: Loop, round: (given: Round) => Round): Scanned {
  const [rounds] = sequences[0].shape
  const carried = initial.map((value) => graph.input('', value))
  const slices = sequences.map(({ shape, type }) => graph.input('', { shape: shape.slice(1), type }))
  const made = round({ carried, slices })
  const outputs: ValueType[] = [
    ...initial,
    ...made.slices.map(({ shape, type }) => ({ shape: [rounds, ...shape], type })),
  ]
  const all = graph.nodes('Scan', [...initial, ...sequences], outputs, {
    attributes: { num_scan_inputs: sequences.length },
    body: { inputs: [...carried, ...slices], outputs: [...made.carried, ...made.slices] },
  })
  return { carried: all.slice(0, initial.length), sequences: all.slice(initial.length) }
}
