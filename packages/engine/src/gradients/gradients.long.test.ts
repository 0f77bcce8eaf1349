import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { gradientCases, type GradientCase } from '../../test/gradient-cases.ts'
import { createEngine, detectEngines } from '../create-engine.ts'
import type { Compiled, Engine, TensorFunction, TensorSpecs } from '../engine.ts'
import { readFloats } from '../read-floats.ts'
import { withRank } from '../with-rank.ts'

const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

/** In (.3, 1.9), all different, and further apart than a finite difference moves them, so that none crosses a kink. */
function drawValues(shape: readonly number[], seed: number): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1)
  return Float32Array.from({ length }, (_, i) => 0.3 + 1.6 * (((i + seed) * 0.6180339887) % 1))
}

const drawInputs = ({ shapes: [a, b] }: GradientCase) => ({ a: drawValues(a, 1), b: drawValues(b, 40.5) })

const specsOf = ({ shapes: [a, b] }: GradientCase): TensorSpecs => ({
  a: { shape: a, type: 'float32' },
  b: { shape: b, type: 'float32' },
})

/** A scalar on which every element of f's result has a different effect. */
function weighted({ f }: GradientCase, a: Tensor, b: Tensor): tf.Scalar {
  const value = f(a, b)
  const weights = tf.tensor1d(Float32Array.from({ length: value.size }, (_, i) => Math.cos(i)))
  return tf.sum(tf.mul(tf.reshape(value, [-1]), weights))
}

const valueOf =
  (given: GradientCase): TensorFunction =>
  ({ a, b }) => ({ value: weighted(given, a, b) })

const gradientOf =
  (given: GradientCase): TensorFunction =>
  ({ a, b }) => {
    const [da, db] = tf.grads((x, y) => weighted(given, x, y))([a, b])
    return { a: da, b: db }
  }

type Gradient = Record<'a' | 'b', Float32Array>

async function evaluate(engine: Engine, given: GradientCase): Promise<Gradient> {
  const compiled = await engine.compile(gradientOf(given), specsOf(given))
  const { a, b } = await compiled.run(drawInputs(given))
  const gradient = { a: await readFloats(a), b: await readFloats(b) }
  for (const held of [a, b, compiled]) held.dispose()
  return gradient
}

async function difference(value: Compiled, given: GradientCase, [name, i]: readonly ['a' | 'b', number]) {
  const at = async (delta: number) => {
    const moved = drawInputs(given)
    moved[name][i] += delta
    const outputs = await value.run(moved)
    const [number] = await outputs.value.data()
    outputs.value.dispose()
    return number
  }
  const epsilon = 4e-3
  // Fourth-order differences: single precision does not allow smaller steps.
  return (
    (8 * ((await at(epsilon)) - (await at(-epsilon))) - ((await at(2 * epsilon)) - (await at(-2 * epsilon)))) /
    (12 * epsilon)
  )
}

const worst = (actual: Float32Array, expected: Float32Array) =>
  actual.reduce((error, x, i) => Math.max(error, Math.abs(x - expected[i]) / Math.max(1, Math.abs(expected[i]))), 0)

describe.each(gradientCases)('$title', (given) => {
  let reference: Gradient

  beforeAll(async () => {
    reference = await evaluate(await createEngine('tfjs:cpu'), given)
  })

  test('the derivative rule agrees with finite differences', async () => {
    const engine = await createEngine('tfjs:cpu')
    const value = await engine.compile(valueOf(given), specsOf(given))
    for (const name of ['a', 'b'] as const) {
      const numeric = new Float32Array(reference[name].length)
      for (let i = 0; i < numeric.length; i++) numeric[i] = await difference(value, given, [name, i])
      expect(worst(reference[name], numeric)).toBeLessThan(4e-3)
    }
  })

  test.each(installed)('%s gives the same gradients as tfjs:cpu', async (name) => {
    const gradient = await evaluate(await createEngine(name), given)
    for (const input of ['a', 'b'] as const) {
      expect(gradient[input].length).toBe(reference[input].length)
      expect(worst(gradient[input], reference[input])).toBeLessThan(2e-5)
    }
  })
})

test.each(installed)('%s gives the gradient of a pooling window with ties to the first of its maxima', async (name) => {
  const engine = await createEngine(name)
  const compiled = await engine.compile(
    ({ x }) => ({ dx: tf.grad((image) => tf.maxPool(withRank(image, 4), 2, 2, 'valid'))(x) }),
    { x: { shape: [1, 2, 4, 1], type: 'float32' } },
  )
  const { dx } = await compiled.run({ x: Float32Array.of(1, 2, 0, 0, 2, 2, 0, 0) })
  expect(Array.from(await dx.data())).toEqual([0, 1, 1, 0, 0, 0, 0, 0])
  dx.dispose()
})

test.each(installed)('%s shares the gradient among equal maxima', async (name) => {
  const engine = await createEngine(name)
  const compiled = await engine.compile(({ x }) => ({ dx: tf.grad((row) => tf.max(row))(x) }), {
    x: { shape: [4], type: 'float32' },
  })
  const { dx } = await compiled.run({ x: Float32Array.of(3, 1, 3, 0) })
  expect(Array.from(await dx.data())).toEqual([0.5, 0, 0.5, 0])
  dx.dispose()
})
