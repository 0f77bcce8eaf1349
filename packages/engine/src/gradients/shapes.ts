import * as tf from '@tensorflow/tfjs-core'
import type { Rules } from './rule.ts'

export const shapeRules: Rules = {
  Reshape: { inputs: ['x'], gradient: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }) },
  Transpose: {
    gradient: (dy, _saved, { perm }) => ({ x: () => tf.transpose(dy, inversePermutation(perm as number[])) }),
  },
  Slice: {
    inputs: ['x'],
    gradient: (dy, [x], { begin }) => ({
      x: () =>
        tf.pad(
          dy,
          (begin as number[]).map((from, i) => [from, x.shape[i] - from - dy.shape[i]]),
        ),
    }),
  },
}

function inversePermutation(permutation: readonly number[]): number[] {
  const inverse: number[] = []
  permutation.forEach((from, to) => (inverse[from] = to))
  return inverse
}
