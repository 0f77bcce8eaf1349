import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { createEngine, detectEngines } from '../create-engine.ts'

type Case = readonly [title: string, f: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor]

/** a and b are [3, 3], positive and nowhere at a kink. */
const cases: readonly Case[] = [
  ['Add', (a, b) => tf.add(a, tf.mul(b, 2))],
  ['Add, broadcast', (a, b) => tf.mul(b, tf.add(a, tf.sum(b, 0)))],
  ['Sub, broadcast', (a, b) => tf.mul(a, tf.sub(tf.sum(a, 1, true), b))],
  ['Multiply by a scalar', (a, b) => tf.mul(tf.mul(a, b), 3)],
  ['RealDiv', (a, b) => tf.div(a, b)],
  ['Maximum', (a, b) => tf.maximum(a, tf.mul(b, b))],
  ['Minimum', (a, b) => tf.minimum(a, tf.mul(b, b))],
  ['Neg, Exp', (a, b) => tf.exp(tf.neg(tf.mul(a, b)))],
  ['Log, Sqrt', (a, b) => tf.log(tf.sqrt(tf.add(a, b)))],
  ['Square', (a, b) => tf.square(tf.sub(a, b))],
  ['Relu', (a, b) => tf.relu(tf.sub(a, b))],
  ['Tanh', (a, b) => tf.tanh(tf.mul(a, b))],
  ['ClipByValue', (a, b) => tf.mul(b, tf.clipByValue(a, 0.5, 1.2))],
  ['Sum', (a, b) => tf.square(tf.sum(tf.mul(a, b), 1))],
  ['Mean', (a, b) => tf.square(tf.mean(tf.mul(a, b), 0))],
  ['Reshape, Transpose', (a, b) => tf.mul(tf.transpose(a), tf.reshape(b, [3, 3]))],
  ['Slice', (a, b) => tf.mul(tf.slice(a, [1, 0], [2, 3]), tf.slice(b, [0, 0], [2, 3]))],
  ['BatchMatMul', (a, b) => tf.square(tf.matMul(a, b))],
]

const a = Float32Array.of(0.3, 1.1, 0.7, 1.9, 0.45, 0.8, 1.3, 0.62, 1.7)
const b = Float32Array.of(0.9, 0.4, 1.4, 0.6, 1.25, 0.33, 0.71, 1.6, 0.52)

const engines = (await detectEngines()).filter(({ missing }) => missing === null)

for (const { name } of engines)
  test.each(cases)(`${name}: the derivative rule of %s agrees with finite differences`, async (_title, f) => {
    await createEngine(name)
    expect(await tf.setBackend(name.slice('tfjs:'.length))).toBe(true)
    const weights = tf.tensor2d(
      Float32Array.from({ length: 9 }, (_, i) => Math.cos(i)),
      [3, 3],
    )
    const scalar = (x: Float32Array, y: Float32Array) =>
      tf.tidy(() => {
        const value = f(tf.tensor2d(x, [3, 3]), tf.tensor2d(y, [3, 3]))
        return tf.sum(
          tf.mul(tf.reshape(value, [-1]), tf.slice(tf.reshape(weights, [-1]), [0], [value.size])),
        ) as tf.Scalar
      })
    const gradients = tf.grads((x, y) => {
      const value = f(x as tf.Tensor2D, y as tf.Tensor2D)
      return tf.sum(tf.mul(tf.reshape(value, [-1]), tf.slice(tf.reshape(weights, [-1]), [0], [value.size])))
    })([tf.tensor2d(a, [3, 3]), tf.tensor2d(b, [3, 3])])
    const epsilon = 1e-2
    for (const [which, analytic] of gradients.entries()) {
      const values = await analytic.data()
      for (let i = 0; i < 9; i++) {
        const at = (delta: number) => {
          const moved = [a.slice(), b.slice()]
          moved[which][i] += delta
          return scalar(moved[0], moved[1]).dataSync()[0]
        }
        // Fourth-order differences: single precision leaves no room for smaller steps.
        const numeric = (8 * (at(epsilon) - at(-epsilon)) - (at(2 * epsilon) - at(-2 * epsilon))) / (12 * epsilon)
        expect(Math.abs(values[i] - numeric)).toBeLessThan(2e-3 * Math.max(1, Math.abs(numeric)))
      }
    }
  })
