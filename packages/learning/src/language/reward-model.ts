import { readFloats, withRank, type Engine, type EngineTensor } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { constant, layOut, type ParameterLayout } from '../networks/parameters.ts'
import { createTransformer, type TransformerSpec } from '../networks/transformer.ts'

/** Scores whole sequences: a transformer whose unembedding is one column. */
export type RewardModel = ParameterLayout & {
  readonly spec: TransformerSpec
  /** tokens: [n, c] int32, starts: [n] int32; the reward [n] of each sequence, read at its last token. Pure. */
  score(arrays: readonly Tensor[], tokens: Tensor, starts: Tensor): Tensor1D
}

export function createRewardModel(spec: TransformerSpec): RewardModel {
  const transformer = createTransformer(spec)
  const column = { ...constant('reward', 1, 0), shape: [spec.width, 1] }
  const layout = layOut([...transformer.parameters.slice(0, -1), column])
  return {
    spec,
    ...layout,
    // The transformer unembeds with its last array, of any number of columns.
    score: (arrays, tokens, starts) => withRank(tf.reshape(transformer.forwardLast(arrays, tokens, starts), [-1]), 1),
  }
}

/** The trunk of a language model [P], and rewards of 0: flat, of a reward model. */
export function rewardFromLanguage(spec: TransformerSpec, parameters: Float32Array): Float32Array {
  const rewards = new Float32Array(createRewardModel(spec).size)
  rewards.set(parameters.subarray(0, rewards.length - spec.width))
  return rewards
}

/** Reads rewards of sequences. */
export type RewardReader = {
  /** tokens: [n · c], starts: [n]. Returns rewards [n]. */
  read(sequences: { readonly tokens: Int32Array; readonly starts: Int32Array }): Promise<Float32Array>
  dispose(): void
}

/** For n sequences of c columns, and fixed parameters [P]. */
export async function createRewardReader(
  engine: Engine,
  { spec, parameters }: { readonly spec: TransformerSpec; readonly parameters: EngineTensor | Float32Array },
  { sequences, columns }: { readonly sequences: number; readonly columns: number },
): Promise<RewardReader> {
  const model = createRewardModel(spec)
  const compiled = await engine.compile(
    (inputs) => ({ rewards: model.score(model.split(withRank(inputs.parameters, 1)), inputs.tokens, inputs.starts) }),
    {
      parameters: { shape: [model.size], type: 'float32' },
      tokens: { shape: [sequences, columns], type: 'int32' },
      starts: { shape: [sequences], type: 'int32' },
    },
  )
  const bound = await compiled.bind({ parameters })
  return {
    async read({ tokens, starts }) {
      const { rewards } = await bound.run({ tokens, starts })
      const values = await readFloats(rewards)
      rewards.dispose()
      return values
    },
    dispose() {
      bound.dispose()
      compiled.dispose()
    },
  }
}
