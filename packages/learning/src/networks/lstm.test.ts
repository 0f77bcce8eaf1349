import { createEngine, withRank } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { initializeParameters } from './initialize.ts'
import { createLstm } from './lstm.ts'
import { layOut } from './parameters.ts'

const width = 2
const lstm = createLstm('lstm', 3, width)
const layout = layOut(lstm.parameters)
const flat = initializeParameters(layout, createStream(1).named('init'))
const random = createStream(2).at(0)
const features = Float32Array.from({ length: 3 * 2 * 3 }, () => random.normal())

beforeAll(async () => {
  await createEngine('tfjs:wasm')
})

type Run = { readonly steps: readonly [from: number, to: number]; readonly state: Tensor2D; readonly starts: number[] }

/** Two episodes side by side, over some of the three steps. */
function unroll({ steps: [from, to], state, starts }: Run) {
  const given = tf.tensor2d(features.slice(from * 6, to * 6), [2 * (to - from), 3])
  return lstm.unroll(given, layout.split(tf.tensor1d(flat)), { state, starts: tf.tensor1d(starts) })
}

const empty = () => tf.zeros<tf.Rank.R2>([2, 2 * width])
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

test('one step follows the definition, gate by gate', () => {
  const state = [0.1, -0.2, 0.3, 0.4]
  const { state: next } = unroll({ steps: [0, 1], state: tf.tensor2d([...state, ...state], [2, 4]), starts: [0, 0] })
  const [input, recurrent, bias] = [flat.slice(0, 24), flat.slice(24, 40), flat.slice(40)]
  const gate = (column: number) => {
    const fromInput = [0, 1, 2].reduce((sum, row) => sum + features[row] * input[row * 8 + column], bias[column])
    return [0, 1].reduce((sum, row) => sum + state[row] * recurrent[row * 8 + column], fromInput)
  }
  for (let unit = 0; unit < width; unit++) {
    const [i, f, g, o] = [0, 1, 2, 3].map((kind) => gate(kind * width + unit))
    const cell = sigmoid(f) * state[width + unit] + sigmoid(i) * Math.tanh(g)
    expect(next.arraySync()[0][width + unit]).toBeCloseTo(cell, 5)
    expect(next.arraySync()[0][unit]).toBeCloseTo(sigmoid(o) * Math.tanh(cell), 5)
  }
})

test('a new memory tends to keep its content, and its recurrent weights are orthogonal gate by gate', () => {
  expect(Array.from(flat.slice(40))).toEqual([0, 0, 1, 1, 0, 0, 0, 0])
  for (let gate = 0; gate < 4; gate++) {
    const at = (row: number, column: number) => flat[24 + row * 8 + gate * width + column]
    const product = (a: number, b: number) => at(0, a) * at(0, b) + at(1, a) * at(1, b)
    expect([product(0, 0), product(1, 1), product(0, 1)].map((x) => Math.round(x * 1e6) / 1e6 + 0)).toEqual([1, 1, 0])
  }
})

test('single steps that carry the state equal steps taken at once', () => {
  const whole = unroll({ steps: [0, 3], state: empty(), starts: [1, 1, 0, 0, 0, 0] })
  let state = empty()
  for (let t = 0; t < 3; t++) {
    const step = unroll({ steps: [t, t + 1], state, starts: t === 0 ? [1, 1] : [0, 0] })
    expect(Array.from(step.hidden.dataSync())).toEqual(Array.from(whole.hidden.dataSync().slice(4 * t, 4 * t + 4)))
    state = step.state
  }
  expect(Array.from(state.dataSync())).toEqual(Array.from(whole.state.dataSync()))
})

test('an episode that starts in the middle does not depend on earlier steps; the others continue', () => {
  const { hidden } = unroll({ steps: [0, 3], state: empty(), starts: [1, 1, 0, 0, 1, 0] })
  const undisturbed = unroll({ steps: [0, 3], state: empty(), starts: [1, 1, 0, 0, 0, 0] }).hidden
  const fresh = unroll({ steps: [2, 3], state: empty(), starts: [1, 1] }).hidden
  expect(hidden.arraySync()[4]).toEqual(fresh.arraySync()[0])
  expect(hidden.arraySync()[5]).toEqual(undisturbed.arraySync()[5])
  expect(undisturbed.arraySync()[4]).not.toEqual(fresh.arraySync()[0])
})

test('no gradient crosses the start of an episode', () => {
  const gradientOf = (starts: number[]) =>
    tf.grad((state) => tf.sum(unroll({ steps: [0, 2], state: withRank(state, 2), starts }).hidden))(
      tf.tensor2d([0.1, 0.2, 0.3, 0.4, 0.1, 0.2, 0.3, 0.4], [2, 4]),
    )
  const [first, second] = withRank(gradientOf([1, 0, 0, 0]), 2).arraySync()
  expect(first.every((value) => value === 0)).toBe(true)
  expect(second.every((value) => value !== 0)).toBe(true)
})
