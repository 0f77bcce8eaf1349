import { readFloats, type Engine } from '@goalpost/engine'
import { padLeft } from '@goalpost/language-tasks'
import {
  actSamplerSpecs,
  actTraining,
  createActSampler,
  createLanguageOptimizer,
  createTransformer,
  encodeLanguageSnapshot,
  fillGumbel,
  groupAdvantages,
  type LanguageSnapshot,
} from '@goalpost/learning'
import type { Rng, Stream } from '@goalpost/random'
import { modelArtifact } from './read-model.ts'
import type { StageTraining } from './train-stage.ts'

export type SampledActs<Prompt> = {
  readonly drawn: readonly Prompt[]
  /** [prompts · samples] */
  readonly acts: ArrayLike<number>
  readonly random: Rng
}

export type ReinforceSetup<Prompt> = {
  /** Start, and reference of the KL penalty. */
  readonly model: LanguageSnapshot
  readonly options: {
    readonly steps: number
    readonly prompts: number
    readonly samples: number
    readonly learningRate: number
    readonly klPenalty: number
  }
  /** Tokens of the longest prompt. */
  readonly columns: number
  readonly stream: Stream
  readonly draw: (random: Rng) => Prompt
  /** [prompts · samples] */
  readonly rewards: (sampled: SampledActs<Prompt>) => Float32Array | Promise<Float32Array>
}

/** Policy gradient on one-token acts; the baseline is the mean reward of a prompt's own acts. */
export async function reinforce<Prompt extends { readonly tokens: readonly number[] }>(
  engine: Engine,
  { model, options, columns, stream, draw, rewards: earn }: ReinforceSetup<Prompt>,
): Promise<StageTraining> {
  const { steps, prompts, samples, learningRate, klPenalty } = options
  const transformer = createTransformer(model.spec)
  const shape = { prompts, samples, columns }
  const training = actTraining(transformer, shape, klPenalty)
  const optimizer = await createLanguageOptimizer(engine, training, model.parameters)
  const sampler = await engine.compile(createActSampler(transformer), actSamplerSpecs(transformer, shape))
  const bound = await sampler.bind({ reference: model.parameters })
  const noise = new Float32Array(prompts * samples * model.spec.vocabulary)

  async function update(step: number): Promise<Readonly<Record<string, number>>> {
    const random = stream.named('prompts').at(step)
    const drawn = Array.from({ length: prompts }, () => draw(random))
    const rows = padLeft(
      drawn.map(({ tokens }) => tokens),
      columns,
    )
    fillGumbel(noise, stream.named('acts').at(step))
    const sampled = await bound.run({ parameters: optimizer.parameters(), ...rows, noise })
    const acts = await sampled.actions.data()
    const divergences = await readFloats(sampled.divergence)
    const luck = stream.named('rewards').at(step)
    const rewards = await earn({ drawn, acts, random: luck })
    const advantages = groupAdvantages(rewards, samples)
    const { actions, referenceLogits } = sampled
    await optimizer.update({ ...rows, actions, advantages, referenceLogits }, learningRate)
    for (const tensor of Object.values(sampled)) tensor.dispose()
    return { reward: mean(rewards), divergence: mean(divergences) }
  }

  return {
    size: transformer.size,
    optimizer,
    steps,
    update,
    artifacts: (parameters) => [
      { name: modelArtifact, bytes: encodeLanguageSnapshot({ spec: model.spec, parameters }) },
    ],
    dispose() {
      optimizer.dispose()
      bound.dispose()
      sampler.dispose()
    },
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
