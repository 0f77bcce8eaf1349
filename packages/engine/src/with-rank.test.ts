import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { withRank } from './with-rank.ts'

test('a tensor of the rank is returned unchanged, another one is refused with its shape', () => {
  const matrix: tf.Tensor = tf.zeros([2, 3])
  expect(withRank(matrix, 2)).toBe(matrix)
  expect(() => withRank(matrix, 1)).toThrow('rank 1 is needed, not one of shape [2,3]')
})
