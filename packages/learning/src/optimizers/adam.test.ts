import { createEngine } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { adam, biasCorrections, clipGradient } from './adam.ts'

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

test('two steps of Adam follow algorithm 1 of the paper', () => {
  const gradients = [
    [0.5, -2],
    [1, 0.25],
  ]
  const learningRate = 0.1
  const epsilon = 1e-5
  const expected = { parameters: [1, 2], first: [0, 0], second: [0, 0] }
  let state = {
    parameters: tf.tensor1d([1, 2]),
    firstMoment: tf.zeros<tf.Rank.R1>([2]),
    secondMoment: tf.zeros<tf.Rank.R1>([2]),
  }
  gradients.forEach((gradient, i) => {
    const t = i + 1
    gradient.forEach((g, j) => {
      expected.first[j] = 0.9 * expected.first[j] + 0.1 * g
      expected.second[j] = 0.999 * expected.second[j] + 0.001 * g * g
      const mean = expected.first[j] / (1 - 0.9 ** t)
      const deviation = Math.sqrt(expected.second[j] / (1 - 0.999 ** t))
      expected.parameters[j] -= (learningRate * mean) / (deviation + epsilon)
    })
    const { first, second } = biasCorrections(t)
    const step = {
      learningRate: tf.scalar(learningRate),
      firstCorrection: tf.scalar(first),
      secondCorrection: tf.scalar(second),
      epsilon,
    }
    state = adam(state, tf.tensor1d(gradient), step)
    const actual = state.parameters.dataSync()
    expected.parameters.forEach((value, j) => expect(actual[j]).toBeCloseTo(value, 5))
  })
})

test('gradients longer than the limit are scaled to it, others do not change', () => {
  const long = clipGradient(tf.tensor1d([3, 4]), 0.5)
  expect(long.norm.dataSync()[0]).toBe(5)
  Array.from(long.gradient.dataSync()).forEach((value, i) => expect(value).toBeCloseTo([0.3, 0.4][i], 6))
  const short = clipGradient(tf.tensor1d([0.3, 0.125]), 0.5)
  expect(Array.from(short.gradient.dataSync())).toEqual(Array.from(Float32Array.of(0.3, 0.125)))
})
