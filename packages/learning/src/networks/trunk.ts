import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { convolutionLayer } from './convolution.ts'
import { denseLayer, type DenseOptions } from './dense.ts'
import { chain, withoutParameters, type Layer } from './layer.ts'
import type { ConvSpec, FeedForwardSpec, ImageShape, ImpalaSpec, MlpSpec, NetworkInterface } from './network-spec.ts'
import { product } from './parameters.ts'
import { planeLayer } from './plane-layer.ts'
import type { Planes } from './planes.ts'
import { readPlanes, readWhole, type Reading } from './reading.ts'
import { residualStage } from './residual.ts'

/** From observations written by its `reading`, [n, length] bytes, to features [n, width]. */
export type Trunk = {
  readonly reading: Reading
  readonly layer: Layer
  readonly width: number
  /** [height, width, channels] after cropping. */
  readonly input: ImageShape
}

const hiddenGain = Math.SQRT2

/** @throws RangeError if the crop leaves nothing of the observation. */
export function createTrunk(
  spec: FeedForwardSpec,
  { observation, element, oneHot = [], blank = [] }: NetworkInterface,
): Trunk {
  const input = croppedShape(spec.crop, observation)
  if (spec.kind === 'mlp' && spec.hidden.length > 0 && oneHot.length > 0) {
    const dense = range(observation[2]).filter((channel) => !oneHot.includes(channel) && !blank.includes(channel))
    return planeTrunk(spec, { image: observation, crop: spec.crop, dense, oneHot }, input)
  }
  const { layers, width } = createBody(spec, input)
  const layer = chain([readImage(spec.crop, observation), ...(element === 'byte' ? [scaleBytes] : []), ...layers])
  return { reading: readWhole(observation), layer, width, input }
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}

function planeTrunk({ hidden, activation }: MlpSpec, planes: Planes, input: ImageShape): Trunk {
  const [first, ...rest] = denseOptions([product(input), ...hidden], activation)
  const layers = rest.map((options, i) => denseLayer(`hidden${i + 2}`, options))
  const layer = chain([planeLayer('hidden1', planes, first), ...layers])
  return { reading: readPlanes(planes), layer, width: hidden[hidden.length - 1], input }
}

function denseOptions(widths: readonly number[], activation: MlpSpec['activation']): readonly DenseOptions[] {
  return widths.slice(1).map((to, i) => ({ from: widths[i], to, activation, gain: hiddenGain }))
}

type Body = { readonly layers: readonly Layer[]; readonly width: number }

function createBody(spec: FeedForwardSpec, image: ImageShape): Body {
  if (spec.kind === 'mlp') return mlpBody(spec, image)
  return spec.kind === 'conv' ? convBody(spec, image) : impalaBody(spec, image)
}

function mlpBody({ hidden, activation }: MlpSpec, image: ImageShape): Body {
  const widths = [product(image), ...hidden]
  const layers = denseOptions(widths, activation).map((options, i) => denseLayer(`hidden${i + 1}`, options))
  return { layers: [flatten(widths[0]), ...layers], width: widths[hidden.length] }
}

function convBody({ channels, dense, activation }: ConvSpec, [height, width, from]: ImageShape): Body {
  const depths = [from, ...channels]
  const convolutions = channels.map((to, i) =>
    convolutionLayer(`conv${i + 1}`, { from: depths[i], to, activation, gain: hiddenGain }),
  )
  const flat = height * width * depths[channels.length]
  const last = denseLayer('dense', { from: flat, to: dense, activation, gain: hiddenGain })
  return { layers: [...convolutions, flatten(flat), last], width: dense }
}

function impalaBody({ channels, dense }: ImpalaSpec, [height, width, from]: ImageShape): Body {
  const depths = [from, ...channels]
  const stages = channels.map((to, i) => residualStage(`stage${i + 1}`, depths[i], to))
  const halved = (size: number) => channels.reduce((left) => Math.ceil(left / 2), size)
  const flat = halved(height) * halved(width) * depths[channels.length]
  const last = denseLayer('dense', { from: flat, to: dense, activation: 'relu', gain: hiddenGain })
  return { layers: [...stages, withoutParameters((x) => tf.relu(x)), flatten(flat), last], width: dense }
}

function croppedShape(crop: number, [height, width, channels]: ImageShape): ImageShape {
  const shape = [height - 2 * crop, width - 2 * crop, channels] as const
  if (shape[0] < 1 || shape[1] < 1) throw new RangeError(`a crop of ${crop} leaves nothing of ${height}×${width} cells`)
  return shape
}

/** Cropped before the cast: bytes are a quarter of the size of floats. */
function readImage(crop: number, [height, width, channels]: ImageShape): Layer {
  return withoutParameters((observations) => {
    const image: Tensor = tf.reshape(observations, [-1, height, width, channels])
    const size = [-1, height - 2 * crop, width - 2 * crop, channels]
    return tf.cast(crop === 0 ? image : tf.slice(image, [0, crop, crop, 0], size), 'float32')
  })
}

/** As for every image network of the field: weights of the usual scale need inputs of about 1. */
const scaleBytes = withoutParameters((image) => tf.div(image, 255))

function flatten(width: number): Layer {
  return withoutParameters((x) => tf.reshape(x, [-1, width]))
}
