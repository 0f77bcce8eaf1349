import type { Tensor } from 'onnxruntime-node'
import type { TensorSpec } from '../engine.ts'
import { elementsIn, elementsOf } from '../inputs.ts'
import type { Value } from '../recording/graph.ts'
import type { Recording } from '../recording/recorder.ts'
import { mapEntries } from '../map-entries.ts'
import { encodeModel } from './model.ts'
import { createSession, type LoadedRuntime, type Provider } from './runtime.ts'
import type { SpareArrays } from './spare-arrays.ts'

export type StageSetup = {
  readonly loaded: LoadedRuntime
  readonly provider: Provider
  readonly threads: number
  readonly spare: SpareArrays
}

/** A recorded graph, or a part of one, and its session. */
export type Stage = {
  /** Tensors by the names of the recording's inputs, to tensors by those of its outputs. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
  release(): void
}

/** Smaller outputs are copied back at once, as they are usually read. */
const keptElements = 4096

export async function openStage(setup: StageSetup, recording: Recording): Promise<Stage> {
  const { loaded, provider, threads, spare } = setup
  const values = Object.entries(recording.outputs)
  if (values.length === 0) return { run: async () => ({}), release() {} }
  const isKept = (value: Value) => provider === 'webgpu' && elementsOf(value) > keptElements
  const outputs = Object.fromEntries(values.map(([name, value]) => [outputName(name), value]))
  const session = await createSession(loaded, encodeModel({ ...recording, outputs }), {
    provider,
    threads,
    kept: values.flatMap(([name, value]) => (isKept(value) ? [outputName(name)] : [])),
  })
  // Large outputs stay on a graphics processor; on the CPU, arrays of earlier outputs are reused.
  const place = (value: Value) =>
    isKept(value) || !isReusable(value)
      ? null
      : new loaded.runtime.Tensor(value.type, spare.take(value), [...value.shape])
  return {
    async run(feeds) {
      const results = await session.run(feeds, mapEntries(outputs, place))
      return mapEntries(recording.outputs, (_value, name) => results[outputName(name)])
    },
    release: () => void session.release(),
  }
}

/** Releases a tensor that is no longer needed. */
export function releaseTensor(tensor: Tensor, spare: SpareArrays): void {
  if (tensor.location !== 'cpu') tensor.dispose()
  else if (tensor.type === 'float32' || tensor.type === 'int32') spare.keep(elementsIn(tensor.data))
}

function isReusable(value: Value): value is Value & TensorSpec {
  return value.type === 'float32' || value.type === 'int32'
}

/** A function may use one name for an input and an output; a graph may not. */
function outputName(name: string): string {
  return `${name}'`
}
