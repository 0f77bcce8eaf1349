import { createEngine } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { LossOptions } from '../ppo/loss.ts'
import { cloningLoss } from './cloning-loss.ts'

const options: LossOptions = {
  clip: 0.2,
  valueClip: null,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.1,
  standardizeAdvantages: false,
}
const noAction = 2

type Sample = { readonly logits: readonly [number, number]; readonly value: number; readonly action: number }
const samples: readonly Sample[] = [
  { logits: [Math.log(3), 0], value: 1, action: 0 },
  { logits: [0, 0], value: 0, action: 1 },
  { logits: [5, 1], value: 0, action: noAction },
]

function lossOf(given: readonly Sample[]) {
  const zeros = tf.tensor1d(new Float32Array(given.length))
  const actions = tf.tensor1d(
    given.map(({ action }) => action),
    'int32',
  )
  const output = tf.tensor2d(given.map(({ logits, value }) => [...logits, value]))
  const batch = { actions, logProbabilities: zeros, advantages: zeros, returns: zeros, values: zeros }
  return cloningLoss(output, batch, options)
}

const number = (scalar: tf.Scalar) => scalar.dataSync()[0]

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

test('is the mean cross-entropy of the demonstrated actions, by hand', () => {
  // −log ¾ and −log ½; the third sample shows nothing.
  expect(number(lossOf(samples).policyLoss)).toBeCloseTo((Math.log(4 / 3) + Math.LN2) / 2, 6)
  expect(number(lossOf(samples.slice(2)).policyLoss)).toBeCloseTo(0, 9)
  expect(number(lossOf(samples).valueLoss)).toBeCloseTo(1 / 6, 6)
})

test('the gradient agrees with finite differences', () => {
  const gradient = lossOf(samples).gradient.arraySync()
  samples.forEach((sample, i) =>
    [0, 1, 2].forEach((column) => {
      const at = (delta: number) => {
        const [a, b] = sample.logits
        const nudged: Sample = {
          ...sample,
          logits: [a + (column === 0 ? delta : 0), b + (column === 1 ? delta : 0)],
          value: sample.value + (column === 2 ? delta : 0),
        }
        return number(lossOf(samples.map((other) => (other === sample ? nudged : other))).loss)
      }
      expect(gradient[i][column]).toBeCloseTo((at(5e-3) - at(-5e-3)) / 1e-2, 3)
    }),
  )
})
