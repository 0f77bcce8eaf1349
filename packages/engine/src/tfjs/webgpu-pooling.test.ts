import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { maxPoolGradient } from './webgpu-pooling.ts'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const cases = (['same', 'valid'] as const).flatMap((pad) =>
  [1, 2, 3].flatMap((strides) => [2, 3].map((filterSize) => ({ pad, strides, filterSize }))),
)

test.each(cases)('each window gives its gradient to the first maximum: $filterSize, strides $strides, $pad', (each) => {
  const { filterSize, strides, pad } = each
  // Few values, so that most windows have ties.
  const input = tf.tensor4d(
    Array.from({ length: 2 * 7 * 8 * 3 }, (_, i) => (i * 37) % 4),
    [2, 7, 8, 3],
  )
  const output = tf.maxPool(input, filterSize, strides, pad)
  const dy = tf.tensor4d(
    Float32Array.from({ length: output.size }, (_, i) => Math.sin(i)),
    output.shape,
  )
  const inputs = { dy, input, output }
  const attrs = { filterSize, strides, pad }
  const expected = tf.engine().runKernel<Tensor>('MaxPoolGrad', inputs, attrs)
  const actual = [maxPoolGradient({ inputs, attrs, backend: tf.backend() })].flat()[0]
  if (!(actual instanceof tf.Tensor)) expect.fail('it is made of ops')
  expect(actual.shape).toEqual(input.shape)
  expect(tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]).toBeLessThan(1e-6)
})
