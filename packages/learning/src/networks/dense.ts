import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { throughActivation, type ActivationName } from './activation.ts'

export type DenseLayer = {
  /** [from, to] */
  readonly weight: Tensor2D
  /** [to] */
  readonly bias: Tensor1D
  readonly activation: ActivationName
  /** Whether the layer's input is data, so that nobody wants its gradient. */
  readonly first: boolean
}

/**
 * activation(x · weight + bias) for x [batch, from]: [batch, to]. One fused kernel forward.
 *
 * Only what the forward pass made is saved for the gradient: the wasm backend copies what is saved, and what came from
 * outside is there anyway.
 */
export function dense(x: Tensor2D, { weight, bias, activation, first }: DenseLayer): Tensor2D {
  const layer = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc
    const y = fusedLayer(x, weight, bias, activation)
    save([...(first ? [] : [x]), ...(activation === 'linear' ? [] : [y])])
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const input = (first ? x : saved[0]) as Tensor2D
        const dLinear = throughActivation(dy as Tensor2D, saved.at(-1) as Tensor2D, activation)
        const parameters = parameterGradients(input, dLinear)
        return first ? parameters : [...parameters, tf.matMul(dLinear, tf.transpose(weight))]
      },
    }
  })
  return (first ? layer(weight, bias) : layer(weight, bias, x)) as Tensor2D
}

/** Not `tf.fused.matMul`: inside of a gradient that falls apart into three kernels. */
function fusedLayer(x: Tensor2D, weight: Tensor2D, bias: Tensor1D, activation: ActivationName): Tensor2D {
  const inputs = { a: tf.expandDims(x, 0), b: tf.expandDims(weight, 0), bias }
  const fused = activation === 'relu' ? 'relu' : 'linear'
  const attributes = { transposeA: false, transposeB: false, activation: fused, leakyreluAlpha: 0 }
  const output = tf.engine().runKernel('_FusedMatMul', inputs, attributes) as Tensor
  const linear = tf.reshape(output, [x.shape[0], weight.shape[1]]) as Tensor2D
  return activation === 'tanh' ? tf.tanh(linear) : linear
}

/**
 * The gradients of weight [from, to] and bias [to], as one product [x 1]ᵀ · dy.
 *
 * On the wasm backend products with transposition flags are ten times slower than a transposition and a product, and the
 * right-hand operand is repacked (4 ns an element, a transposition takes 3): so dy, the narrower one, stands there, once.
 */
function parameterGradients(x: Tensor2D, dy: Tensor2D): Tensor[] {
  const [batch, from] = x.shape
  const to = dy.shape[1]
  const augmented = tf.concat2d([tf.transpose(x), tf.ones<tf.Rank.R2>([1, batch])], 0)
  const both: Tensor2D = tf.matMul(augmented, dy)
  return [tf.slice2d(both, [0, 0], [from, to]), tf.reshape(tf.slice2d(both, [from, 0], [1, to]), [to])]
}
