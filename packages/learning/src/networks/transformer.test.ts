import { createEngine, resolveEngine, withRank } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { adam, biasCorrections } from '../optimizers/adam.ts'
import { initializeParameters } from './initialize.ts'
import { createTransformer, nextTokenLoss } from './transformer.ts'

const spec = { vocabulary: 6, context: 8, width: 16, heads: 2, layers: 2 } as const
const transformer = createTransformer(spec)
const initial = initializeParameters(transformer, createStream(1))

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

const forward = (tokens: readonly number[]) =>
  transformer.forward(transformer.split(tf.tensor1d(initial)), tf.tensor2d([...tokens], [1, 8], 'int32')).arraySync()[0]

test('its number of parameters is the sum over its layers', () => {
  const norm = 2 * 16
  const attention = 16 * 48 + 48 + 16 * 16 + 16
  const mlp = 16 * 64 + 64 + 64 * 16 + 16
  const blocks = 2 * (2 * norm + attention + mlp)
  expect(transformer.size).toBe(6 * 16 + 8 * 16 + blocks + norm + 16 * 6)
  expect(createTransformer({ vocabulary: 64, context: 128, width: 128, heads: 4, layers: 4 }).size).toBe(826_112)
})

test('later tokens change nothing, earlier ones do', () => {
  const before = forward([1, 2, 3, 4, 5, 0, 1, 2])
  const after = forward([1, 2, 3, 4, 0, 5, 5, 5])
  for (let position = 0; position < 4; position++) expect(after[position]).toEqual(before[position])
  for (let position = 4; position < 8; position++) expect(after[position]).not.toEqual(before[position])
  const moved = forward([2, 1, 3, 4, 5, 0, 1, 2])
  expect(moved[7]).not.toEqual(before[7])
})

const rowsOf = (tokens: readonly (readonly number[])[]) =>
  tf.tensor2d(
    [...tokens].map((row) => [...row]),
    undefined,
    'int32',
  )
const startsOf = (starts: readonly number[]) => tf.tensor1d([...starts], 'int32')

test('a padded sequence gives the logits of the same sequence without padding, and other lengths need no padding', () => {
  const arrays = transformer.split(tf.tensor1d(initial))
  const short = transformer.forward(arrays, rowsOf([[1, 2, 3]])).arraySync()[0]
  const padded = transformer.forward(arrays, rowsOf([[5, 0, 0, 4, 5, 1, 2, 3]]), startsOf([5])).arraySync()[0]
  const whole = forward([1, 2, 3, 4, 5, 0, 1, 2])
  for (let i = 0; i < 3; i++)
    short[i].forEach((logit, token) => {
      expect(padded[5 + i][token]).toBeCloseTo(logit, 5)
      expect(whole[i][token]).toBeCloseTo(logit, 5)
    })
})

test('the last column alone gives the same logits', () => {
  const arrays = transformer.split(tf.tensor1d(initial))
  const tokens = rowsOf([
    [0, 0, 1, 2],
    [3, 4, 5, 1],
  ])
  const all = transformer.forward(arrays, tokens, startsOf([2, 0])).arraySync()
  const last = transformer.forwardLast(arrays, tokens, startsOf([2, 0])).arraySync()
  last.forEach((logits, row) => logits.forEach((logit, token) => expect(logit).toBeCloseTo(all[row][3][token], 5)))
})

test('a new transformer gives all tokens about equal probability', () => {
  for (const logits of forward([1, 2, 3, 4, 5, 0, 1, 2]))
    for (const logit of logits) expect(Math.abs(logit)).toBeLessThan(0.5)
})

test('the loss is the mean cross-entropy of the positions that count, by hand', () => {
  const logits = tf.tensor3d([Math.log(3), 0, 0, 0, 5, 5], [1, 3, 2])
  const loss = nextTokenLoss(logits, tf.tensor2d([0, 1, 0], [1, 3], 'int32'), tf.tensor2d([1, 1, 0], [1, 3]))
  expect(loss.dataSync()[0]).toBeCloseTo((-Math.log(0.75) + Math.log(2)) / 2, 6)
})

test('it learns to repeat a sequence, which requires attention', async () => {
  const engine = await createEngine(resolveEngine('auto'))
  const batch = 32
  const random = createStream(2).at(0)
  const vector = { shape: [transformer.size], type: 'float32' } as const
  const tokens = { shape: [batch, 8], type: 'int32' } as const
  const scalar = { shape: [], type: 'float32' } as const
  // The second half of a sequence is its first half again: only that half is predictable.
  const mask = Float32Array.from({ length: batch * 8 }, (_, i) => (i % 8 >= 3 && i % 8 < 7 ? 1 : 0))
  const step = await engine.compile(
    (given) => {
      const loss = (...arrays: Tensor[]) =>
        nextTokenLoss(transformer.forward(arrays, given.tokens), given.targets, tf.tensor2d(mask, [batch, 8]))
      const { value, grads } = tf.valueAndGrads(loss)(transformer.split(withRank(given.parameters, 1)))
      const gradient = tf.concat1d(grads.map((array) => tf.reshape(array, [-1])))
      const [learningRate, first, second] = tf.unstack(given.step).map((value) => withRank(value, 0))
      const corrections = { learningRate, firstCorrection: first, secondCorrection: second, epsilon: 1e-8 }
      const moments = {
        parameters: withRank(given.parameters, 1),
        firstMoment: withRank(given.firstMoment, 1),
        secondMoment: withRank(given.secondMoment, 1),
      }
      return { loss: value, ...adam(moments, gradient, corrections) }
    },
    {
      parameters: vector,
      firstMoment: vector,
      secondMoment: vector,
      tokens,
      targets: tokens,
      step: { ...scalar, shape: [3] },
    },
  )
  const zeros = () => engine.tensor(new Float32Array(transformer.size), vector)
  let state = { parameters: engine.tensor(initial, vector), firstMoment: zeros(), secondMoment: zeros() }
  const losses: number[] = []
  for (let i = 1; i <= 300; i++) {
    const halves = Array.from({ length: batch }, () => Array.from({ length: 4 }, () => random.integer(6)))
    const sequences = Int32Array.from(halves.flatMap((half) => [...half, ...half]))
    const { first, second } = biasCorrections(i)
    const { loss, parameters, firstMoment, secondMoment } = await step.run({
      ...state,
      tokens: sequences,
      targets: sequences.map((_, at) => sequences[at % 8 === 7 ? at : at + 1]),
      step: Float32Array.of(1e-2, first, second),
    })
    losses.push((await loss.data())[0])
    loss.dispose()
    for (const tensor of Object.values(state)) tensor.dispose()
    state = { parameters, firstMoment, secondMoment }
  }
  expect(losses[0]).toBeGreaterThan(1.6)
  expect(losses.at(-1)).toBeLessThan(0.1)
})
