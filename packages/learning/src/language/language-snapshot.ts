import type { OptimizerState } from '../optimizers/optimizer-memory.ts'
import type { ParameterLayout } from '../networks/parameters.ts'
import { createTransformer, type TransformerSpec } from '../networks/transformer.ts'
import { encodeOptimizer, floats, parseOptimizer } from '../snapshots/optimizer-snapshot.ts'
import { encodeSnapshot, parseSnapshot } from '../snapshots/sections.ts'
import { createRewardModel } from './reward-model.ts'

/** A language model: its shape and its parameters, flat [P]. */
export type LanguageSnapshot = { readonly spec: TransformerSpec; readonly parameters: Float32Array }

type LanguageMeta = {
  readonly spec: TransformerSpec
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
}

export function encodeLanguageSnapshot(snapshot: LanguageSnapshot): Uint8Array {
  return encode('language-model', createTransformer(snapshot.spec), snapshot)
}

/** @throws SnapshotError if the bytes are not a language model */
export function parseLanguageSnapshot(bytes: Uint8Array): LanguageSnapshot {
  return parse(bytes, 'language-model', createTransformer)
}

/** A reward model; its spec is that of the transformer that it began as. */
export function encodeRewardSnapshot(snapshot: LanguageSnapshot): Uint8Array {
  return encode('reward-model', createRewardModel(snapshot.spec), snapshot)
}

/** @throws SnapshotError if the bytes are not a reward model */
export function parseRewardSnapshot(bytes: Uint8Array): LanguageSnapshot {
  return parse(bytes, 'reward-model', createRewardModel)
}

type Kind = 'language-model' | 'reward-model'

function encode(kind: Kind, layout: ParameterLayout, { spec, parameters }: LanguageSnapshot): Uint8Array {
  const named = layout.parameters.map(({ name, shape }) => ({ name, shape }))
  const meta: LanguageMeta = { spec, parameters: named }
  return encodeSnapshot({ kind, meta, sections: { parameters } })
}

function parse(bytes: Uint8Array, kind: Kind, layOut: (spec: TransformerSpec) => ParameterLayout): LanguageSnapshot {
  const { meta, sections } = parseSnapshot<LanguageMeta>(bytes, kind)
  const parameters = floats(sections.parameters, layOut(meta.spec).size)
  return { spec: meta.spec, parameters }
}

const training = 'language-training'

/** Everything needed to resume, the parameters included. */
export function encodeOptimizerState(state: OptimizerState): Uint8Array {
  return encodeOptimizer(training, state)
}

/** @throws SnapshotError if the bytes are not such a state, for that number of parameters */
export function parseOptimizerState(bytes: Uint8Array, size: number): OptimizerState {
  return parseOptimizer(training, bytes, size)
}
