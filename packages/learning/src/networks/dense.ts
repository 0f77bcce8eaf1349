import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Activation } from './network-spec.ts'

type DenseArguments = {
  /** [batch, from] */
  readonly x: Tensor2D
  /** [from, to] */
  readonly weight: Tensor2D
  /** [to] */
  readonly bias: Tensor1D
  readonly activation: Activation | 'linear'
  /** Whether `x` is data, so that nobody wants its gradient. */
  readonly first: boolean
}

/**
 * activation(x · weight + bias): [batch, to].
 *
 * Forward it is one fused kernel. Backward it transposes explicitly, and whichever operand is the narrower: on the wasm
 * backend a product with transposition flags is ten times slower, and a transposition costs half as much as a product.
 */
export function dense({ x, weight, bias, activation, first }: DenseArguments): Tensor2D {
  const layer = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc
    const y = fusedLayer(x, weight, bias, activation)
    save([y, x, weight])
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [savedY, savedX, savedWeight] = saved as Tensor2D[]
        const dLinear = throughActivation(dy as Tensor2D, savedY, activation)
        const dWeight = contractBatch(savedX, dLinear)
        const dBias = tf.reshape(tf.matMul(tf.ones([1, dLinear.shape[0]]), dLinear), [dLinear.shape[1]])
        const dX = () => tf.matMul(dLinear, tf.transpose(savedWeight))
        return first ? [dWeight, dBias] : [dWeight, dBias, dX()]
      },
    }
  })
  return (first ? layer(weight, bias) : layer(weight, bias, x)) as Tensor2D
}

/** Not `tf.fused.matMul`: inside of a gradient that falls apart into three kernels. */
function fusedLayer(x: Tensor2D, weight: Tensor2D, bias: Tensor1D, activation: DenseArguments['activation']): Tensor2D {
  const inputs = { a: tf.expandDims(x, 0), b: tf.expandDims(weight, 0), bias }
  const attributes = {
    transposeA: false,
    transposeB: false,
    activation: activation === 'relu' ? 'relu' : 'linear',
    leakyreluAlpha: 0,
  }
  const output = tf.engine().runKernel('_FusedMatMul', inputs, attributes) as Tensor
  const linear = tf.reshape(output, [x.shape[0], weight.shape[1]]) as Tensor2D
  return activation === 'tanh' ? tf.tanh(linear) : linear
}

function throughActivation(dy: Tensor2D, y: Tensor2D, activation: DenseArguments['activation']): Tensor2D {
  if (activation === 'relu') return tf.mul(dy, tf.step(y))
  if (activation === 'tanh') return tf.mul(dy, tf.sub(1, tf.square(y)))
  return dy
}

/** xᵀ · dy for x [batch, from] and dy [batch, to]: [from, to]. */
export function contractBatch(x: Tensor2D, dy: Tensor2D): Tensor2D {
  if (dy.shape[1] < x.shape[1]) return tf.transpose(tf.matMul(tf.transpose(dy), x))
  return tf.matMul(tf.transpose(x), dy)
}
