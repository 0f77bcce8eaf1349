import type { Engine } from '@goalpost/engine'
import { padLeft } from '@goalpost/language-tasks'
import {
  createLanguageOptimizer,
  createTransformer,
  directPreferenceTraining,
  encodeLanguageSnapshot,
} from '@goalpost/learning'
import { createAnswerComparer, shareCompared, type Comparisons, type PreferenceSetup } from './compare-answers.ts'
import { modelArtifact } from './read-model.ts'
import type { StageTraining } from './train-stage.ts'

type Options = { readonly steps: number; readonly learningRate: number; readonly beta: number }

/** Direct preference optimization: the policy is fitted to the comparisons, without a reward model. */
export async function trainOnChoices<Prompt extends { readonly tokens: readonly number[] }>(
  engine: Engine,
  setup: PreferenceSetup<Prompt, Options>,
): Promise<StageTraining> {
  const { model, options, columns } = setup
  const transformer = createTransformer(model.spec)
  const training = directPreferenceTraining(transformer, { pairs: options.pairs, columns }, options.beta)
  const optimizer = await createLanguageOptimizer(engine, training, model.parameters)
  const answers = await createAnswerComparer(engine, setup)
  return {
    size: transformer.size,
    optimizer,
    steps: options.steps,
    async update(step) {
      const comparisons = await answers.compare(step)
      const loss = await optimizer.update(batchChoices(comparisons, columns), options.learningRate)
      return { loss, compared: shareCompared(comparisons.compared) }
    },
    artifacts: (parameters) => [
      { name: modelArtifact, bytes: encodeLanguageSnapshot({ spec: model.spec, parameters }) },
    ],
    dispose() {
      optimizer.dispose()
      answers.dispose()
    },
  }
}

function batchChoices({ compared, logits }: Comparisons, columns: number) {
  const prompts = compared.map(({ prompt }) => prompt)
  return {
    ...padLeft(prompts, columns),
    preferred: Int32Array.from(compared, ({ preferred }) => preferred),
    other: Int32Array.from(compared, ({ other }) => other),
    weights: Float32Array.from(compared, ({ weight }) => weight),
    referenceLogits: logits,
  }
}
