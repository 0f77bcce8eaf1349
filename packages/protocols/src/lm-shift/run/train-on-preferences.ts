import type { Engine } from '@goalpost/engine'
import { padLeft } from '@goalpost/language-tasks'
import {
  createLanguageOptimizer,
  createRewardModel,
  encodeLanguageSnapshot,
  encodeRewardSnapshot,
  preferenceTraining,
  rewardFromLanguage,
} from '@goalpost/learning'
import { createAnswerComparer, shareCompared, type Comparison, type PreferenceSetup } from './compare-answers.ts'
import { modelArtifact, rewardModelArtifact } from './read-model.ts'
import type { StageTraining } from './train-stage.ts'

const weightDecay = 0.01

type Options = { readonly steps: number; readonly learningRate: number }

/**
 * A reward model from comparisons of one-token answers; it starts from the trunk of the language model, which stays as
 * it is.
 */
export async function trainOnPreferences<Prompt extends { readonly tokens: readonly number[] }>(
  engine: Engine,
  setup: PreferenceSetup<Prompt, Options>,
): Promise<StageTraining> {
  const { model, options } = setup
  const { spec } = model
  const rewardModel = createRewardModel(spec)
  const shape = { pairs: options.pairs, columns: setup.columns + 1 }
  const training = preferenceTraining(rewardModel, shape, weightDecay)
  const optimizer = await createLanguageOptimizer(engine, training, rewardFromLanguage(spec, model.parameters))
  const answers = await createAnswerComparer(engine, setup)
  return {
    size: rewardModel.size,
    optimizer,
    steps: options.steps,
    async update(step) {
      const { compared } = await answers.compare(step)
      const loss = await optimizer.update(batchPairs(compared, shape.columns), options.learningRate)
      return { loss, compared: shareCompared(compared) }
    },
    artifacts: (parameters) => [
      { name: modelArtifact, bytes: encodeLanguageSnapshot(model) },
      { name: rewardModelArtifact, bytes: encodeRewardSnapshot({ spec, parameters }) },
    ],
    dispose() {
      optimizer.dispose()
      answers.dispose()
    },
  }
}

function batchPairs(compared: readonly Comparison[], columns: number) {
  const sequences = [
    ...compared.map(({ prompt, preferred }) => [...prompt, preferred]),
    ...compared.map(({ prompt, other }) => [...prompt, other]),
  ]
  return { ...padLeft(sequences, columns), weights: Float32Array.from(compared, ({ weight }) => weight) }
}
