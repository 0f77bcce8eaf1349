import type { OptimizerState } from '../optimizers/optimizer-memory.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError, type SectionValues } from './sections.ts'

/** Everything needed to resume, the parameters included. `kind` says what was trained. */
export function encodeOptimizer(
  kind: string,
  { updates, parameters, firstMoment, secondMoment }: OptimizerState,
): Uint8Array {
  return encodeSnapshot({ kind, meta: { updates }, sections: { parameters, firstMoment, secondMoment } })
}

/** @throws SnapshotError if the bytes are not such a state, for that number of parameters */
export function parseOptimizer(kind: string, bytes: Uint8Array, size: number): OptimizerState {
  const { meta, sections } = parseSnapshot<{ readonly updates: number }>(bytes, kind)
  return {
    updates: meta.updates,
    parameters: floats(sections.parameters, size),
    firstMoment: floats(sections.firstMoment, size),
    secondMoment: floats(sections.secondMoment, size),
  }
}

/** @throws SnapshotError unless there are so many */
export function floats(values: SectionValues | undefined, size: number): Float32Array {
  if (values instanceof Float32Array && values.length === size) return values
  throw new SnapshotError(`it has ${values?.length ?? 0} parameters instead of ${size}`)
}
