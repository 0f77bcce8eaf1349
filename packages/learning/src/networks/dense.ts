import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { activate, type ActivationName } from './activation.ts'
import type { Layer } from './layer.ts'
import { constant, orthogonal } from './parameters.ts'

export type DenseOptions = {
  readonly from: number
  readonly to: number
  readonly activation: ActivationName
  readonly gain: number
}

/** activation(x · weight + bias) for x [n, from]: [n, to]. */
export function denseLayer(name: string, { from, to, activation, gain }: DenseOptions): Layer {
  return {
    parameters: [orthogonal(`${name}.weight`, [from, to], gain), constant(`${name}.bias`, to, 0)],
    apply: (x, [weight, bias]) => activate(affine(x, weight, bias), activation),
  }
}

export function affine(x: Tensor, weight: Tensor, bias: Tensor): Tensor2D {
  return tf.add(tf.matMul(x, weight), bias)
}
