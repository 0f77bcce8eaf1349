import { createEngine } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { directPreferenceLoss, type DirectBatch } from './direct-preference.ts'

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

const logits = () => tf.tensor2d([2, 0, 1, 0, 5, 0, 1, 1, 1], [3, 3])
const referenceLogits = () => tf.tensor2d([1, 0, 0, 0, 0, 0, 1, 1, 1], [3, 3])
const batch = (weights: number[], reference = referenceLogits()): DirectBatch => ({
  preferred: tf.tensor1d([0, 2, 1], 'int32'),
  other: tf.tensor1d([2, 1, 0], 'int32'),
  weights: tf.tensor1d(weights),
  referenceLogits: reference,
})
const lossOf = (given: DirectBatch, beta: number) => directPreferenceLoss(logits(), given, beta).dataSync()[0]
/** −log σ(x) */
const cost = (x: number) => Math.log(1 + Math.exp(-x))

test('the loss by hand', () => {
  // Margins: (2 − 1) − (1 − 0), (0 − 5) − (0 − 0) and 0.
  expect(lossOf(batch([1, 1, 1]), 0.5)).toBeCloseTo((cost(0) + cost(-2.5) + cost(0)) / 3, 5)
  expect(lossOf(batch([0, 1, 1]), 0.5)).toBeCloseTo((cost(-2.5) + cost(0)) / 2, 5)
  expect(lossOf(batch([0, 0, 0]), 0.5)).toBe(0)
})

test('only differences to the reference count, and none at all for a beta of 0', () => {
  const shifted = tf.add(referenceLogits(), tf.tensor2d([[7], [-3], [0]]))
  expect(lossOf(batch([1, 1, 1], tf.tensor2d(shifted.dataSync(), [3, 3])), 0.5)).toBeCloseTo(
    lossOf(batch([1, 1, 1]), 0.5),
    5,
  )
  expect(lossOf(batch([1, 1, 1], logits()), 0.5)).toBeCloseTo(Math.log(2), 5)
  expect(lossOf(batch([1, 1, 1]), 0)).toBeCloseTo(Math.log(2), 5)
})
