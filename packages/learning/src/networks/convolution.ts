import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { activate, type ActivationName } from './activation.ts'
import type { Layer } from './layer.ts'
import { constant, orthogonal } from './parameters.ts'

export type ConvolutionOptions = {
  /** Channels. */
  readonly from: number
  readonly to: number
  readonly activation: ActivationName
  readonly gain: number
}

/**
 * activation(image ∗ filter + bias), 3×3, stride 1, zeros around: [n, height, width, from] to [n, height, width, to].
 */
export function convolutionLayer(name: string, { from, to, activation, gain }: ConvolutionOptions): Layer {
  return {
    parameters: [orthogonal(`${name}.weight`, [3, 3, from, to], gain), constant(`${name}.bias`, to, 0)],
    apply(image, [filter, bias]) {
      const linear = tf.conv2d(withRank(image, 4), withRank(filter, 4), 1, 'same')
      return activate(tf.add(linear, bias), activation)
    },
  }
}
