import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { divergence, groupAdvantages, groupPolicyLoss } from './group-policy-loss.ts'
import { fillGumbel } from './gumbel-noise.ts'

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

const logits = () => tf.tensor2d([Math.log(3), 0, 0, Math.log(4)], [2, 2])
const referenceLogits = () => tf.tensor2d([0, 0, 0, Math.log(4)], [2, 2])

test('the divergence by hand', () => {
  const [first, second] = divergence(logits(), referenceLogits()).dataSync()
  expect(first).toBeCloseTo(0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5), 6)
  expect(second).toBeCloseTo(0, 6)
})

test('the loss by hand', () => {
  const batch = {
    actions: tf.tensor2d([0, 1, 1, 1], [2, 2], 'int32'),
    advantages: tf.tensor2d([0.5, -0.5, 0, 2], [2, 2]),
    referenceLogits: referenceLogits(),
  }
  const gain = (0.5 * Math.log(0.75) - 0.5 * Math.log(0.25) + 2 * Math.log(0.8)) / 4
  const penalty = (0.75 * Math.log(1.5) + 0.25 * Math.log(0.5)) / 2
  expect(groupPolicyLoss(logits(), batch, 0.1).dataSync()[0]).toBeCloseTo(0.1 * penalty - gain, 6)
})

test('advantages of a group add up to 0, and a group without differences has none', () => {
  expect([...groupAdvantages(Float32Array.of(1, 0, 0, 1, 1, 1, 1, 1), 4)]).toEqual([0.5, -0.5, -0.5, 0.5, 0, 0, 0, 0])
})

test('the largest of logits plus Gumbel noise is a sample from their softmax', () => {
  const random = createStream(1).at(0)
  const noise = new Float32Array(3)
  const wanted = [0.6, 0.3, 0.1]
  const counts = [0, 0, 0]
  const draws = 20_000
  for (let i = 0; i < draws; i++) {
    fillGumbel(noise, random)
    const noisy = wanted.map((p, k) => Math.log(p) + noise[k])
    counts[noisy.indexOf(Math.max(...noisy))] += 1
  }
  const statistic = counts.reduce((sum, count, k) => sum + (count - draws * wanted[k]) ** 2 / (draws * wanted[k]), 0)
  // The 99.9 % quantile with two degrees of freedom.
  expect(statistic).toBeLessThan(13.82)
})
