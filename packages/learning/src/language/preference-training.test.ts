import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import { createTransformer } from '../networks/transformer.ts'
import { encodeLanguageSnapshot, encodeRewardSnapshot, parseRewardSnapshot } from './language-snapshot.ts'
import { preferenceLoss } from './preference-training.ts'
import { createRewardModel, createRewardReader, rewardFromLanguage } from './reward-model.ts'

const spec = { vocabulary: 7, context: 6, width: 8, heads: 2, layers: 1 } as const
const transformer = createTransformer(spec)
const language = initializeParameters(transformer, createStream(2))
const rewards = rewardFromLanguage(spec, language)

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

test('the loss by hand', () => {
  const weights = tf.tensor1d([1, 0, 1])
  const loss = preferenceLoss(tf.tensor1d([2, 5, 0, 1, -5, 3]), weights).dataSync()[0]
  expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(3))) / 2, 5)
  expect(preferenceLoss(tf.tensor1d([1, 2]), tf.tensor1d([0])).dataSync()[0]).toBe(0)
})

test('a reward model has the trunk of its language model, and rewards nothing yet', async () => {
  const model = createRewardModel(spec)
  expect(model.size).toBe(transformer.size - 8 * 7 + 8)
  expect(rewards.slice(0, -8)).toEqual(language.slice(0, model.size - 8))
  const reader = await createRewardReader(
    await createEngine('tfjs:wasm'),
    { spec, parameters: rewards },
    {
      sequences: 2,
      columns: 3,
    },
  )
  const sequences = { tokens: Int32Array.of(1, 2, 3, 0, 5, 6), starts: Int32Array.of(0, 1) }
  expect([...(await reader.read(sequences))]).toEqual([0, 0])
})

test('a reward is the last token’s residual stream times the column of rewards, with any padding', async () => {
  const parameters = rewards.slice()
  parameters.set([1, 0, 0, 0, 0, 0, 0, 2], parameters.length - 8)
  const engine = await createEngine('tfjs:wasm')
  const read = async (columns: number, starts: number, row: readonly number[]) => {
    const reader = await createRewardReader(engine, { spec, parameters }, { sequences: 1, columns })
    return (await reader.read({ tokens: Int32Array.from(row), starts: Int32Array.of(starts) }))[0]
  }
  const arrays = transformer.split(tf.tensor1d(language))
  const trunk = transformer.trunk(arrays, tf.tensor2d([1, 2, 3], [1, 3], 'int32'), tf.tensor1d([0], 'int32'))
  const [first, , , , , , , last] = trunk.arraySync()[2]
  expect(await read(3, 0, [1, 2, 3])).toBeCloseTo(first + 2 * last, 4)
  expect(await read(5, 2, [6, 6, 1, 2, 3])).toBeCloseTo(first + 2 * last, 4)
})

test('a reward model is stored and read, and no language model is taken for one', () => {
  expect(parseRewardSnapshot(encodeRewardSnapshot({ spec, parameters: rewards }))).toEqual({
    spec,
    parameters: rewards,
  })
  const bytes = encodeLanguageSnapshot({ spec, parameters: language })
  expect(() => parseRewardSnapshot(bytes)).toThrow('it holds language-model, not reward-model')
})
