import { createEngine } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createTransformer } from '../networks/transformer.ts'
import { adamw, decayMask } from './adamw.ts'
import { learningRateAt } from './learning-rate.ts'

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

test('decay is decoupled: it depends on the parameter and the learning rate, not on the gradient', () => {
  const zeros = tf.zeros([2]) as tf.Tensor1D
  const state = { parameters: tf.tensor1d([2, 2]), firstMoment: zeros, secondMoment: zeros }
  const step = { learningRate: tf.scalar(0.1), firstCorrection: tf.scalar(10), secondCorrection: tf.scalar(1000) }
  const { parameters } = adamw(state, tf.tensor1d([5, 5]), { ...step, rate: 0.5, mask: tf.tensor1d([1, 0]) })
  const [decayed, kept] = parameters.dataSync()
  // Adam's first step is the learning rate itself, for a gradient of any size.
  expect(kept).toBeCloseTo(2 - 0.1, 5)
  expect(decayed).toBeCloseTo(2 - 0.1 - 0.1 * 0.5 * 2, 5)
})

test('weights of layers and the unembedding decay; embeddings, positions, norms and biases do not', () => {
  const spec = { vocabulary: 5, context: 4, width: 4, heads: 2, layers: 1 }
  const transformer = createTransformer(spec)
  const mask = decayMask(transformer)
  expect(mask.reduce((sum, each) => sum + each, 0)).toBe(4 * 12 + 4 * 4 + 2 * 4 * 16 + 4 * 5)
  expect(mask.slice(0, 5 * 4 + 4 * 4).every((each) => each === 0)).toBe(true)
})

test('the learning rate rises linearly, then falls to a tenth', () => {
  const schedule = { peak: 2, warmup: 10, steps: 1000 }
  expect(learningRateAt(schedule, 0)).toBeCloseTo(0.2, 4)
  expect(learningRateAt(schedule, 10)).toBeCloseTo(2, 2)
  expect(learningRateAt(schedule, 500)).toBeCloseTo(2 * 0.55, 5)
  expect(learningRateAt(schedule, 1000)).toBeCloseTo(0.2, 5)
  expect(learningRateAt(schedule, 1500)).toBe(learningRateAt(schedule, 1000))
})
