import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Activation, NetworkInterface, NetworkSpec } from './network-spec.ts'
import { convolution } from './convolution.ts'
import { dense } from './dense.ts'

/** One array of parameters, and how it starts: orthogonal columns times a gain, or zeros (gain 0). */
export type ParameterSpec = {
  readonly name: string
  readonly shape: readonly number[]
  /** Groups of columns that are orthogonal among themselves, each with its gain. */
  readonly gains: readonly { readonly columns: number; readonly gain: number }[]
}

/** An actor–critic: a trunk, and one linear head whose columns are the logits of all actions and the value. */
export type Network = {
  readonly spec: NetworkSpec
  readonly interface: NetworkInterface
  /** [height, width, channels] after cropping. */
  readonly input: readonly [height: number, width: number, channels: number]
  /** In the order in which they lie in the flat vector of all parameters. */
  readonly parameters: readonly ParameterSpec[]
  /** Number of all parameters, P. */
  readonly size: number
  /** Cuts the flat vector [P] into the arrays of `parameters`. Pure. */
  split(flat: Tensor1D): Tensor[]
  /**
   * arrays: as `split` gives them; observations: [batch, height · width · channels] of the cropped input.
   * Returns [batch, actions + 1]: logits, then the value. Pure.
   */
  forward(arrays: readonly Tensor[], observations: Tensor2D): Tensor2D
}

type Layer = {
  readonly parameters: readonly ParameterSpec[]
  apply(x: Tensor2D, parameters: readonly Tensor[]): Tensor2D
}

const hiddenGain = Math.SQRT2
const policyGain = 0.01
const valueGain = 1

/** @throws RangeError where the crop leaves nothing of the observation. */
export function createNetwork(spec: NetworkSpec, made: NetworkInterface): Network {
  const input = croppedShape(spec, made)
  const layers = spec.kind === 'mlp' ? mlpLayers(spec.hidden, spec.activation, input) : convLayers(spec, input)
  const width = layers.at(-1)?.parameters[0].shape.at(-1) ?? product(input)
  const all = [...layers, headLayer(width, made.actions)]
  const parameters = all.flatMap((layer) => layer.parameters)
  return {
    spec,
    interface: made,
    input,
    parameters,
    size: parameters.reduce((sum, { shape }) => sum + product(shape), 0),
    split: (flat) => splitParameters(flat, parameters),
    forward: (arrays, observations) => applyLayers(all, arrays, observations),
  }
}

function croppedShape(spec: NetworkSpec, made: NetworkInterface): Network['input'] {
  const [height, width, channels] = made.observation
  const input = [height - 2 * spec.crop, width - 2 * spec.crop, channels] as const
  if (input[0] < 1 || input[1] < 1) throw new RangeError(`crop ${spec.crop} leaves nothing of ${height}×${width} cells`)
  return input
}

function mlpLayers(hidden: readonly number[], activation: Activation, input: Network['input']): Layer[] {
  const widths = [product(input), ...hidden]
  return hidden.map((width, i) => denseLayer(`hidden${i + 1}`, [widths[i], width], { activation, first: i === 0 }))
}

function convLayers(spec: Extract<NetworkSpec, { kind: 'conv' }>, input: Network['input']): Layer[] {
  const [height, width, channels] = input
  const depths = [channels, ...spec.channels]
  const convolutions = spec.channels.map((depth, i) =>
    convolutionLayer(`conv${i + 1}`, [height, width, depths[i], depth], {
      activation: spec.activation,
      first: i === 0,
    }),
  )
  const flat = height * width * (depths.at(-1) ?? channels)
  const options = { activation: spec.activation, first: convolutions.length === 0 }
  return [...convolutions, denseLayer('dense', [flat, spec.dense], options)]
}

type LayerOptions = { readonly activation: Activation; readonly first: boolean }

function denseLayer(name: string, [from, to]: readonly [number, number], options: LayerOptions): Layer {
  return {
    parameters: weightAndBias(name, [from, to], [{ columns: to, gain: hiddenGain }]),
    apply: (x, [weight, bias]) => dense(x, { weight: weight as Tensor2D, bias: bias as Tensor1D, ...options }),
  }
}

function convolutionLayer(name: string, [h, w, from, to]: readonly number[], options: LayerOptions): Layer {
  return {
    parameters: weightAndBias(name, [3, 3, from, to], [{ columns: to, gain: hiddenGain }]),
    apply(x, [filter, bias]) {
      const image = tf.reshape(x, [-1, h, w, from]) as Tensor4D
      const active = convolution(image, { filter: filter as Tensor4D, bias: bias as Tensor1D, ...options })
      return tf.reshape(active, [-1, h * w * to])
    },
  }
}

function headLayer(from: number, actions: number): Layer {
  const gains = [
    { columns: actions, gain: policyGain },
    { columns: 1, gain: valueGain },
  ]
  return {
    parameters: weightAndBias('head', [from, actions + 1], gains),
    apply: (x, [weight, bias]) =>
      dense(x, { weight: weight as Tensor2D, bias: bias as Tensor1D, activation: 'linear', first: false }),
  }
}

function weightAndBias(name: string, shape: readonly number[], gains: ParameterSpec['gains']): ParameterSpec[] {
  const columns = shape.at(-1) ?? 1
  return [
    { name: `${name}.weight`, shape, gains },
    { name: `${name}.bias`, shape: [columns], gains: [] },
  ]
}

function applyLayers(layers: readonly Layer[], parameters: readonly Tensor[], observations: Tensor2D): Tensor2D {
  let x = observations
  let next = 0
  for (const layer of layers) {
    x = layer.apply(x, parameters.slice(next, next + layer.parameters.length))
    next += layer.parameters.length
  }
  return x
}

function splitParameters(flat: Tensor1D, parameters: readonly ParameterSpec[]): Tensor[] {
  let offset = 0
  return parameters.map(({ shape }) => {
    const from = offset
    offset += product(shape)
    return tf.reshape(tf.slice1d(flat, from, offset - from), [...shape])
  })
}

export function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1)
}
