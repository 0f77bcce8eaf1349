import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { convolutionLayer } from './convolution.ts'
import { chain, withoutParameters, type Layer } from './layer.ts'

/** Residual sums grow anyway: √2 in every convolution would make the last features some ten times larger. */
const gain = 1

/** One stage of IMPALA: [n, h, w, from] to [n, ⌈h/2⌉, ⌈w/2⌉, to]. */
export function residualStage(name: string, from: number, to: number): Layer {
  return chain([
    convolutionLayer(`${name}.conv`, { from, to, activation: 'linear', gain }),
    withoutParameters((image) => tf.maxPool(withRank(image, 4), 3, 2, 'same')),
    residualBlock(`${name}.block1`, to),
    residualBlock(`${name}.block2`, to),
  ])
}

/** x + conv(relu(conv(relu(x)))) */
function residualBlock(name: string, channels: number): Layer {
  const sizes = { from: channels, to: channels, gain }
  const branch = chain([
    withoutParameters((image) => tf.relu(image)),
    convolutionLayer(`${name}.conv1`, { ...sizes, activation: 'relu' }),
    convolutionLayer(`${name}.conv2`, { ...sizes, activation: 'linear' }),
  ])
  return {
    parameters: branch.parameters,
    apply: (image, parameters) => tf.add(image, branch.apply(image, parameters)),
  }
}
