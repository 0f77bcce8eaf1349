import { readFloats, withRank, type Engine, type EngineTensor } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Transformer } from '../networks/transformer.ts'

/** Reads the distribution of the word after each prompt. */
export type NextTokenReader = {
  /** tokens: [n · c], starts: [n]. Returns probabilities [n · V]. */
  read(
    parameters: EngineTensor | Float32Array,
    prompts: { readonly tokens: Int32Array; readonly starts: Int32Array },
  ): Promise<Float32Array>
  dispose(): void
}

/** For n prompts of c columns. */
export async function createNextTokenReader(
  engine: Engine,
  transformer: Transformer,
  { prompts, columns }: { readonly prompts: number; readonly columns: number },
): Promise<NextTokenReader> {
  const compiled = await engine.compile(
    ({ parameters, tokens, starts }) => ({
      probabilities: tf.softmax(transformer.forwardLast(transformer.split(withRank(parameters, 1)), tokens, starts)),
    }),
    {
      parameters: { shape: [transformer.size], type: 'float32' },
      tokens: { shape: [prompts, columns], type: 'int32' },
      starts: { shape: [prompts], type: 'int32' },
    },
  )
  return {
    async read(parameters, { tokens, starts }) {
      const { probabilities } = await compiled.run({ parameters, tokens, starts })
      const values = await readFloats(probabilities)
      probabilities.dispose()
      return values
    },
    dispose: () => compiled.dispose(),
  }
}
