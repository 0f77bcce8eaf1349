import { encodeGraph, integers, node, port } from '../../engine/test/imported-models.ts'
import type { ImportedPolicyOptions } from '../src/acting/imported-policy.ts'

/** Observations whose first channel of the first row is `values`, and all else is noise. */
export function observationsOf(rows: readonly (readonly number[])[]): Uint8Array {
  const observations = new Uint8Array(rows.length * 24).fill(9)
  rows.forEach((values, row) => values.forEach((value, column) => (observations[row * 24 + column * 4] = value)))
  return observations
}

export const probe = {
  observations: observationsOf([
    [0, 1, 0],
    [5, 1, 2],
    [3, 3, 7],
  ]),
  count: 3,
}

export const options: ImportedPolicyOptions = {
  probe,
  observation: [2, 3, 4],
  actions: 3,
  input: 'observation',
  output: 'logits',
  batch: 4,
  engine: 'onnx:cpu',
  threads: 1,
  timeLimitMs: 20_000,
}

const floatOf = (name: string, value: number) => ({
  name,
  dims: [],
  dataType: 1,
  rawData: new Uint8Array(Float32Array.of(value).buffer),
})
const constants = [
  integers('corner', [0, 0, 0, 0]),
  integers('end', [1 << 30, 1, 3, 1]),
  integers('narrow', [-1, 3]),
  integers('four', [4, 3]),
  integers('axis', [0]),
  integers('first', [0], []),
  floatOf('zero', 0),
  floatOf('little', 0.0025),
  floatOf('hundred', 100),
  { name: 'mask', dims: [3], dataType: 1, rawData: new Uint8Array(Float32Array.of(0, -1e9, 0).buffer) },
  { name: 'pixels', dims: [1], dataType: 1, rawData: new Uint8Array(4) },
  integers('many', [1000], []),
  floatOf('one', 1),
  floatOf('pixel', 255),
]
/** The first channel of the first row: [batch, 3]. */
export const toRows = [
  node('Slice', ['observation', 'corner', 'end'], ['sliced']),
  node('Reshape', ['sliced', 'narrow'], ['rows']),
]

/** A model as other programs write it: [batch, 2, 3, 4] floats to [batch, 3]. */
export function graphOf(nodes: readonly ReturnType<typeof node>[], type?: number): Uint8Array {
  return encodeGraph({
    input: [port('observation', ['n', 2, 3, 4])],
    output: [port('logits', ['n', 3], type)],
    initializer: constants,
    node: nodes,
  })
}
