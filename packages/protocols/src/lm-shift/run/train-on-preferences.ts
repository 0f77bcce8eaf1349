import type { Engine } from '@goalpost/engine'
import { padLeft } from '@goalpost/language-tasks'
import {
  actSamplerSpecs,
  createActSampler,
  createLanguageOptimizer,
  createRewardModel,
  createTransformer,
  encodeLanguageSnapshot,
  encodeRewardSnapshot,
  fillGumbel,
  preferenceTraining,
  rewardFromLanguage,
  type LanguageSnapshot,
} from '@goalpost/learning'
import type { Rng, Stream } from '@goalpost/random'
import { modelArtifact, rewardModelArtifact } from './read-model.ts'
import type { StageTraining } from './train-stage.ts'

const weightDecay = 0.01
/** Among so many samples two different answers are looked for. */
const samples = 4

type Tokens = { readonly tokens: readonly number[] }

export type PreferenceSetup<Prompt> = {
  /** Its answers are compared, and the reward model starts from its trunk. */
  readonly model: LanguageSnapshot
  readonly options: {
    readonly steps: number
    readonly pairs: number
    readonly learningRate: number
    readonly temperature: number
  }
  /** Tokens of the longest prompt. */
  readonly columns: number
  readonly stream: Stream
  readonly draw: (random: Rng) => Prompt
  /** The index of the better of two different answers; null for no preference. */
  readonly prefer: (prompt: Prompt, answers: readonly [number, number]) => 0 | 1 | null
}

/** A reward model from comparisons of one-token answers. The language model stays as it is. */
export async function trainOnPreferences<Prompt extends Tokens>(
  engine: Engine,
  { model, options, columns, stream, draw, prefer }: PreferenceSetup<Prompt>,
): Promise<StageTraining> {
  const { steps, pairs, learningRate } = options
  const { spec } = model
  const rewardModel = createRewardModel(spec)
  const shape = { pairs, columns: columns + 1 }
  const training = preferenceTraining(rewardModel, shape, weightDecay)
  const optimizer = await createLanguageOptimizer(engine, training, rewardFromLanguage(spec, model.parameters))
  const answers = await createAnswerSampler(engine, model, { ...options, columns })
  return {
    size: rewardModel.size,
    optimizer,
    steps,
    async update(step) {
      const random = stream.named('prompts').at(step)
      const prompts = Array.from({ length: pairs }, () => draw(random))
      const acts = await answers.sample(prompts, stream.named('answers').at(step))
      const compared = prompts.map((prompt, i) => compare(prompt, differing(acts, i * samples), prefer))
      const loss = await optimizer.update(batchPairs(compared, shape.columns), learningRate)
      return { loss, compared: compared.filter(({ weight }) => weight > 0).length / pairs }
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

type Sampling = { readonly pairs: number; readonly temperature: number; readonly columns: number }

/** Samples [pairs · samples] answers of the model. */
async function createAnswerSampler(
  engine: Engine,
  { spec, parameters }: LanguageSnapshot,
  { pairs, temperature, columns }: Sampling,
) {
  const transformer = createTransformer(spec)
  const shape = { prompts: pairs, samples, columns }
  const sampler = await engine.compile(createActSampler(transformer), actSamplerSpecs(transformer, shape))
  const bound = await sampler.bind({ parameters, reference: parameters })
  const noise = new Float32Array(pairs * samples * spec.vocabulary)
  return {
    async sample(prompts: readonly Tokens[], random: Rng): Promise<ArrayLike<number>> {
      fillGumbel(noise, random)
      // argmax(logits + T · noise) samples from softmax(logits / T).
      for (let i = 0; i < noise.length; i++) noise[i] *= temperature
      const rows = padLeft(
        prompts.map(({ tokens }) => tokens),
        columns,
      )
      const sampled = await bound.run({ ...rows, noise })
      const acts = await sampled.actions.data()
      for (const tensor of Object.values(sampled)) tensor.dispose()
      return acts
    },
    dispose() {
      bound.dispose()
      sampler.dispose()
    },
  }
}

type Comparison = {
  readonly preferred: readonly number[]
  readonly other: readonly number[]
  /** 0 if there is no preference. */
  readonly weight: number
}

/** The first sample of a prompt, and the first that differs from it, if any. */
function differing(acts: ArrayLike<number>, from: number): readonly [number, number] {
  const own = Array.from({ length: samples }, (_, i) => acts[from + i])
  return [own[0], own.find((act) => act !== own[0]) ?? own[0]]
}

function compare<Prompt extends Tokens>(
  prompt: Prompt,
  answers: readonly [number, number],
  prefer: PreferenceSetup<Prompt>['prefer'],
): Comparison {
  const better = answers[0] === answers[1] ? null : prefer(prompt, answers)
  const [first, second] = answers.map((answer) => [...prompt.tokens, answer])
  return better === 1
    ? { preferred: second, other: first, weight: 1 }
    : { preferred: first, other: second, weight: better === null ? 0 : 1 }
}

function batchPairs(compared: readonly Comparison[], columns: number) {
  const sequences = [...compared.map(({ preferred }) => preferred), ...compared.map(({ other }) => other)]
  return { ...padLeft(sequences, columns), weights: Float32Array.from(compared, ({ weight }) => weight) }
}
