import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { reduceTo } from './broadcasting.ts'
import type { Rules } from './rule.ts'

/**
 * y = A · B for A = a or aᵀ and B = b or bᵀ, so that dA = dy · Bᵀ and dB = Aᵀ · dy. Transposes are written out: the
 * wasm backend multiplies ten times slower with its flags than after a transposition, and compiling engines fold them
 * back.
 */
export const productRules: Rules = {
  BatchMatMul: {
    inputs: ['a', 'b'],
    gradient(dy, [a, b], { transposeA, transposeB }) {
      const dA = () => tf.matMul(dy, transposeB === true ? b : swapLastAxes(b))
      const dB = () => tf.matMul(transposeA === true ? a : swapLastAxes(a), dy)
      return {
        a: () => reduceTo(transposeA === true ? swapLastAxes(dA()) : dA(), a),
        b: () => reduceTo(transposeB === true ? swapLastAxes(dB()) : dB(), b),
      }
    },
  },
}

function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_size, i) => i)
  const last = axes.length - 1
  axes[last] = last - 1
  axes[last - 1] = last
  return tf.transpose(x, axes)
}
