import { readFloats, type Engine } from '@goalpost/engine'
import { padLeft } from '@goalpost/language-tasks'
import {
  actSamplerSpecs,
  createActSampler,
  createTransformer,
  fillGumbel,
  type LanguageSnapshot,
} from '@goalpost/learning'
import type { Rng, Stream } from '@goalpost/random'

/** Among so many samples two different answers are looked for. */
const samples = 4

type Tokens = { readonly tokens: readonly number[] }

export type PreferenceSetup<Prompt, Options> = {
  /** Its answers are compared. */
  readonly model: LanguageSnapshot
  readonly options: Options & ComparisonOptions
  /** Tokens of the longest prompt. */
  readonly columns: number
  readonly stream: Stream
  readonly draw: (random: Rng) => Prompt
  /** The index of the better of two different answers; null for no preference. */
  readonly prefer: (prompt: Prompt, answers: readonly [number, number]) => 0 | 1 | null
}

type ComparisonOptions = { readonly pairs: number; readonly temperature: number }

export type Comparison = {
  readonly prompt: readonly number[]
  readonly preferred: number
  readonly other: number
  /** 0 if there is no preference. */
  readonly weight: number
}

/** The comparisons of an update, and the logits [pairs · V] of the model after each prompt. */
export type Comparisons = { readonly compared: readonly Comparison[]; readonly logits: Float32Array }

export type AnswerComparer = {
  /** Of update number i = 0, 1, … */
  compare(step: number): Promise<Comparisons>
  dispose(): void
}

/** Draws prompts, samples one-token answers of the model to each, and has two different ones compared. */
export async function createAnswerComparer<Prompt extends Tokens>(
  engine: Engine,
  { model, options, columns, stream, draw, prefer }: PreferenceSetup<Prompt, object>,
): Promise<AnswerComparer> {
  const answers = await createAnswerSampler(engine, model, { ...options, columns })
  return {
    async compare(step) {
      const random = stream.named('prompts').at(step)
      const prompts = Array.from({ length: options.pairs }, () => draw(random))
      const { acts, logits } = await answers.sample(prompts, stream.named('answers').at(step))
      return { compared: prompts.map((prompt, i) => judge(prompt, differing(acts, i * samples), prefer)), logits }
    },
    dispose: answers.dispose,
  }
}

/** The share of the pairs in which one answer is preferred. */
export function shareCompared(compared: readonly Comparison[]): number {
  return compared.filter(({ weight }) => weight > 0).length / compared.length
}

type Sampling = ComparisonOptions & { readonly columns: number }

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
    async sample(prompts: readonly Tokens[], random: Rng) {
      fillGumbel(noise, random)
      // argmax(logits + T · noise) samples from softmax(logits / T).
      for (let i = 0; i < noise.length; i++) noise[i] *= temperature
      const rows = padLeft(
        prompts.map(({ tokens }) => tokens),
        columns,
      )
      const sampled = await bound.run({ ...rows, noise })
      const acts: ArrayLike<number> = await sampled.actions.data()
      const logits = await readFloats(sampled.referenceLogits)
      for (const tensor of Object.values(sampled)) tensor.dispose()
      return { acts, logits }
    },
    dispose() {
      bound.dispose()
      sampler.dispose()
    },
  }
}

/** The first sample of a prompt, and the first that differs from it, if any. */
function differing(acts: ArrayLike<number>, from: number): readonly [number, number] {
  const own = Array.from({ length: samples }, (_, i) => acts[from + i])
  return [own[0], own.find((act) => act !== own[0]) ?? own[0]]
}

function judge<Prompt extends Tokens>(
  prompt: Prompt,
  answers: readonly [number, number],
  prefer: PreferenceSetup<Prompt, object>['prefer'],
): Comparison {
  const [first, second] = answers
  const better = first === second ? null : prefer(prompt, answers)
  const ordered = better === 1 ? { preferred: second, other: first } : { preferred: first, other: second }
  return { prompt: prompt.tokens, ...ordered, weight: better === null ? 0 : 1 }
}
