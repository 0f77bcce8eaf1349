import { createEngine } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { ppoLoss, type LossOptions } from './loss.ts'

const options: LossOptions = {
  clip: 0.2,
  valueClip: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.01,
  standardizeAdvantages: false,
}

type Sample = {
  logits: number[]
  value: number
  action: number
  was: number
  advantage: number
  target: number
  old: number
}

/** `was` is the probability of the action when it was taken. */
const samples: readonly Sample[] = [
  { logits: [0, 0], value: 1, action: 0, was: 0.5, advantage: 2, target: 2, old: 1 },
  // Ratio 1.25, beyond 1.2, with a positive advantage: clipped to 1.2.
  { logits: [0, 0], value: 0, action: 1, was: 0.4, advantage: 1, target: 0.5, old: 0.5 },
  // Ratio 1.25 with a negative advantage: the pessimistic bound is the unclipped one.
  { logits: [0, 0], value: 3, action: 1, was: 0.4, advantage: -1, target: 1, old: 2.9 },
  // Probabilities ¾ and ¼; ratio .5, below .8, with a negative advantage: clipped to .8.
  { logits: [Math.log(3), 0], value: -1, action: 1, was: 0.5, advantage: -1, target: 0, old: 1 },
]

const vector = (values: readonly number[]) => tf.tensor1d(Float32Array.from(values))

function lossOf(given: readonly Sample[], changed: Partial<LossOptions> = {}) {
  const output = tf.tensor2d(given.map(({ logits, value }) => [...logits, value]))
  const batch = {
    actions: tf.tensor1d(
      given.map(({ action }) => action),
      'int32',
    ),
    logProbabilities: vector(given.map(({ was }) => Math.log(was))),
    advantages: vector(given.map(({ advantage }) => advantage)),
    returns: vector(given.map(({ target }) => target)),
    values: vector(given.map(({ old }) => old)),
  }
  return ppoLoss(output, batch, { ...options, ...changed })
}

const number = (scalar: tf.Scalar) => scalar.dataSync()[0]

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

test('the policy loss is the pessimistic clipped surrogate, by hand', () => {
  // min terms: 1·2, 1.2·1, 1.25·−1, .8·−1 → mean .2875
  const loss = lossOf(samples)
  expect(number(loss.policyLoss)).toBeCloseTo(-0.2875, 6)
  expect(number(loss.clipFraction)).toBeCloseTo(0.75, 6)
})

test('the value loss is the larger of the clipped and the plain error, by hand', () => {
  // max((−1)², (−1)²), max(.25, (.3 − .5)²), max(4, (3 − 1)²), max(1, (.8 − 0)²) → sum 6.25
  expect(number(lossOf(samples).valueLoss)).toBeCloseTo(0.5 * (6.25 / 4), 6)
  // Here the clipped value, 1.2, is further from the target than the plain one.
  const [first] = samples
  expect(number(lossOf([{ ...first, value: 2, target: 2, old: 1 }]).valueLoss)).toBeCloseTo(0.5 * 0.64, 6)
  expect(number(lossOf([{ ...first, value: 2, target: 2, old: 1 }], { valueClip: null }).valueLoss)).toBe(0)
})

test('entropy, approximate KL divergence and the total, by hand', () => {
  const loss = lossOf(samples)
  const quarter = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))
  const entropy = (3 * Math.LN2 + quarter) / 4
  expect(number(loss.entropy)).toBeCloseTo(entropy, 6)
  const kl = (2 * (0.25 - Math.log(1.25)) + (-0.5 - Math.log(0.5))) / 4
  expect(number(loss.approximateKl)).toBeCloseTo(kl, 6)
  expect(number(loss.loss)).toBeCloseTo(-0.2875 + 0.5 * 0.78125 - 0.01 * entropy, 6)
})

test('advantages are standardised within the minibatch', () => {
  const two = samples.slice(0, 2).map((sample, i) => ({ ...sample, was: 0.5, advantage: [3, 7][i] }))
  // (−1, 1) at ratio 1 cancel out; scaled advantages change nothing.
  expect(number(lossOf(two, { standardizeAdvantages: true }).policyLoss)).toBeCloseTo(0, 6)
  const skewed = two.map((sample, i) => ({ ...sample, was: [0.5, 0.55][i] }))
  const scaled = skewed.map((sample) => ({ ...sample, advantage: 10 * sample.advantage + 5 }))
  const loss = number(lossOf(skewed, { standardizeAdvantages: true }).policyLoss)
  expect(loss).toBeCloseTo(-(0.5 / 0.55 - 1) / 2, 5)
  expect(number(lossOf(scaled, { standardizeAdvantages: true }).policyLoss)).toBeCloseTo(loss, 5)
})

test.each([{}, { valueClip: null }, { standardizeAdvantages: true }, { entropyCoefficient: 0.7 }])(
  'the written-out gradient agrees with finite differences, options %o',
  (changed) => {
    // Moved off the kinks of the hand-made cases.
    // The last value has moved beyond its clip towards the target, so that it has no gradient.
    const moved = { ...samples[0], value: 1.9, target: 2, old: 1 }
    const given = [...samples, moved].map((sample, i) => ({
      ...sample,
      logits: sample.logits.map((logit, a) => logit + 0.03 * (i + 1) * (a === 0 ? 1 : -2)),
      value: sample.value + 0.07,
    }))
    const gradient = lossOf(given, changed).gradient.arraySync()
    given.forEach((sample, i) =>
      [...sample.logits, sample.value].forEach((_, column) => {
        const at = (delta: number) => {
          const nudged = given.map((other) => ({ ...other, logits: [...other.logits] }))
          if (column < 2) nudged[i].logits[column] += delta
          else nudged[i].value += delta
          return number(lossOf(nudged, changed).loss)
        }
        expect(gradient[i][column]).toBeCloseTo((at(5e-3) - at(-5e-3)) / 1e-2, 3)
      }),
    )
  },
)

test('a value that has moved less than the clip keeps its gradient, independent of rounding', () => {
  const given = Array.from({ length: 5000 }, (_, i): Sample => {
    const old = 0.3 * Math.sin(i)
    const value = old + 0.19 * Math.cos(7 * i)
    return { logits: [0, 0], value, action: 0, was: 0.5, advantage: 0, target: 2 * Math.sin(3 * i + 1), old }
  })
  const gradient = lossOf(given, { entropyCoefficient: 0 }).gradient.arraySync()
  given.forEach(({ value, target }, i) =>
    expect(gradient[i][2]).toBeCloseTo((options.valueCoefficient * (value - target)) / given.length, 7),
  )
})
