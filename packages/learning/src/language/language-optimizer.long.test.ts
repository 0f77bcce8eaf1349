import { createEngine, detectEngines, readFloats, type Engine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import { createTransformer } from '../networks/transformer.ts'
import { actSamplerSpecs, actTraining, createActSampler } from './act-training.ts'
import { fillGumbel } from './gumbel-noise.ts'
import { directPreferenceTraining } from './direct-preference.ts'
import { createLanguageOptimizer, type LanguageTraining } from './language-optimizer.ts'
import { encodeOptimizerState, parseOptimizerState } from './language-snapshot.ts'
import { preferenceTraining } from './preference-training.ts'
import { createRewardModel, rewardFromLanguage } from './reward-model.ts'
import { textTraining } from './text-training.ts'

const transformer = createTransformer({ vocabulary: 7, context: 6, width: 8, heads: 2, layers: 2 })
const initial = initializeParameters(transformer, createStream(4))
const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

const tokens = Int32Array.of(0, 0, 1, 2, 3, 4, 5, 6, 1, 2, 0, 3, 0, 0, 0, 0, 6, 5)
const starts = Int32Array.of(2, 0, 4)
const texts = {
  training: textTraining(transformer, { batch: 3, columns: 6, predictions: 6 }, 0.1),
  batch: {
    tokens,
    starts,
    positions: Int32Array.of(3, 5, 7, 11, 17, 0),
    targets: Int32Array.of(1, 2, 3, 4, 5, 0),
    weights: Float32Array.of(1, 1, 1, 1, 1, 0),
  },
}
const shape = { prompts: 3, samples: 2, columns: 6 }
const acts = {
  training: actTraining(transformer, shape, 0.1),
  batch: {
    tokens,
    starts,
    actions: Int32Array.of(1, 2, 3, 3, 0, 6),
    advantages: Float32Array.of(0.5, -0.5, 0, 0, -0.25, 0.25),
    referenceLogits: Float32Array.from({ length: 21 }, (_, i) => Math.cos(i)),
  },
}

const choices = {
  training: directPreferenceTraining(transformer, { pairs: 3, columns: 6 }, 0.5),
  batch: {
    tokens,
    starts,
    preferred: Int32Array.of(1, 3, 0),
    other: Int32Array.of(2, 3, 6),
    weights: Float32Array.of(1, 0, 1),
    referenceLogits: Float32Array.from({ length: 21 }, (_, i) => Math.cos(i)),
  },
}

const rewardModel = createRewardModel(transformer.spec)
const preferences = {
  training: preferenceTraining(rewardModel, { pairs: 2, columns: 6 }, 0.1),
  batch: {
    tokens: Int32Array.of(0, 0, 1, 2, 3, 4, 5, 6, 1, 2, 0, 3, 0, 0, 1, 2, 3, 6, 5, 6, 1, 2, 0, 4),
    starts: Int32Array.of(2, 0, 2, 0),
    weights: Float32Array.of(1, 1),
  },
}
/** A head of 0 would leave the trunk without a gradient. */
const rewards = rewardFromLanguage(transformer.spec, initial).map((value, i) => value + Math.sin(i) / 100)

type Given = {
  readonly training: LanguageTraining
  readonly batch: typeof texts.batch | typeof acts.batch | typeof choices.batch | typeof preferences.batch
  readonly from?: Float32Array
}

async function train(engine: Engine, { training, batch, from = initial }: Given, updates: number) {
  const optimizer = await createLanguageOptimizer(engine, training, from)
  const losses: number[] = []
  for (let i = 0; i < updates; i++) losses.push(await optimizer.update(batch, 1e-2))
  const state = await optimizer.save()
  optimizer.dispose()
  return { losses, state }
}

const furthest = (a: Float32Array, b: Float32Array) => a.reduce((max, x, i) => Math.max(max, Math.abs(x - b[i])), 0)

test.each([
  ['next-token training', texts],
  ['the policy gradient of acts', acts],
  ['direct preference optimization', choices],
  ['rewards from preferences', { ...preferences, from: rewards }],
] as const)('%s: two updates agree on all engines', async (_name, given) => {
  const reference = await train(await createEngine('tfjs:cpu'), given, 2)
  for (const name of installed) {
    const { losses, state } = await train(await createEngine(name), given, 2)
    losses.forEach((loss, i) => expect(loss, name).toBeCloseTo(reference.losses[i], 4))
    // Adam's first steps have the size of the learning rate wherever a gradient is not exactly 0.
    expect(furthest(state.firstMoment, reference.state.firstMoment), name).toBeLessThan(2e-5)
  }
})

test('rewards from preferences: the preferred sequences come to earn more, and a pair without weight changes nothing', async () => {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const { losses } = await train(engine, { ...preferences, from: rewards }, 30)
  expect(losses[0]).toBeCloseTo(Math.LN2, 1)
  expect(losses.at(-1)).toBeLessThan(0.1)
  const unweighted = { ...preferences.batch, weights: Float32Array.of(1, 0) }
  const tokens = unweighted.tokens.slice()
  tokens.set([1, 1, 1, 1, 1, 1], 6)
  const [one, other] = await Promise.all(
    [unweighted, { ...unweighted, tokens }].map((batch) => train(engine, { ...preferences, batch, from: rewards }, 1)),
  )
  expect(one.losses[0]).toBeCloseTo(other.losses[0], 6)
})

test('training lowers the loss, keeps no tensors, and continues from a saved state with the same bits', async () => {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const whole = await train(engine, texts, 30)
  expect(whole.losses.at(-1)).toBeLessThan(0.5 * whole.losses[0])
  expect(engine.memory().tensors).toBe(0)
  const half = await train(engine, texts, 15)
  const resumed = await createLanguageOptimizer(engine, texts.training, initial)
  resumed.restore(parseOptimizerState(encodeOptimizerState(half.state), transformer.size))
  for (let i = 0; i < 15; i++) await resumed.update(texts.batch, 1e-2)
  expect((await resumed.save()).parameters).toEqual(whole.state.parameters)
  resumed.dispose()
})

test('what follows the last predicted position of a text has no influence', async () => {
  const engine = await createEngine('tfjs:cpu')
  const changed = { ...texts.batch, tokens: tokens.slice() }
  changed.tokens.set([6, 6, 6], 8)
  const one = { ...changed, weights: Float32Array.of(0, 0, 1, 0, 0, 0) }
  const other = { ...texts.batch, weights: one.weights }
  const [first] = (await train(engine, { ...texts, batch: one }, 1)).losses
  expect(first).toBe((await train(engine, { ...texts, batch: other }, 1)).losses[0])
})

test('a loss that is not finite ends the training', async () => {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const optimizer = await createLanguageOptimizer(
    engine,
    texts.training,
    initial.map(() => Number.NaN),
  )
  await expect(optimizer.update(texts.batch, 1e-2)).rejects.toThrow('The loss is not finite after 1 updates')
  optimizer.dispose()
})

test('sampled acts follow the policy, and a policy does not diverge from itself', async () => {
  const engine = await createEngine('onnx:cpu', { threads: 1 })
  const many = { prompts: 1, samples: 4000, columns: 6 }
  const sampler = await engine.compile(createActSampler(transformer), actSamplerSpecs(transformer, many))
  const noise = new Float32Array(4000 * 7)
  fillGumbel(noise, createStream(5).at(0))
  const prompt = { tokens: tokens.slice(0, 6), starts: starts.slice(0, 1) }
  // Larger weights, so that words differ in probability.
  const parameters = initial.map((value) => 3 * value)
  const outputs = await sampler.run({ parameters, reference: parameters, ...prompt, noise })
  const actions = Array.from(await outputs.actions.data())
  const logits = Array.from(await readFloats(outputs.referenceLogits))
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
  const statistic = logits.reduce((sum, logit, token) => {
    const expected = (4000 * Math.exp(logit)) / total
    return sum + (actions.filter((action) => action === token).length - expected) ** 2 / expected
  }, 0)
  // The 99.9 % quantile with six degrees of freedom.
  expect(statistic).toBeLessThan(22.46)
  expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(0.5)
  expect((await readFloats(outputs.divergence))[0]).toBeCloseTo(0, 6)
  sampler.dispose()
})
