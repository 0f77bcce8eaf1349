import type { NetworkOptions } from './network-options.ts'

type Shape = readonly [height: number, width: number, channels: number]
type FeedForward = Exclude<NetworkOptions, { kind: 'lstm' }>

/** Height and width after cropping; below 1 if nothing is left. */
export function croppedSides(network: NetworkOptions, [height, width]: Shape): readonly [number, number] {
  const { crop } = network.kind === 'lstm' ? network.trunk : network
  return [height - 2 * crop, width - 2 * crop]
}

/**
 * The number of parameters to train. Learning has it too, but loads a tensor library, which planning does not need.
 */
export function countParameters(network: NetworkOptions, shape: Shape, actions: number): number {
  if (network.kind !== 'lstm') {
    const trunk = countTrunk(network, shape)
    return trunk.parameters + dense(trunk.width, actions + 1)
  }
  const trunk = countTrunk(network.trunk, shape)
  const lstm = 4 * dense(trunk.width + network.width, network.width)
  return trunk.parameters + lstm + dense(network.width, actions + 1)
}

type Counted = { readonly parameters: number; readonly width: number }

function countTrunk(network: FeedForward, shape: Shape): Counted {
  const [height, width] = croppedSides(network, shape)
  if (network.kind === 'mlp') return chained(dense, [height * width * shape[2], ...network.hidden])
  const depths = [shape[2], ...network.channels]
  const body = chained(network.kind === 'conv' ? convolution : stage, depths)
  const halve = (side: number) =>
    network.kind === 'conv' ? side : network.channels.reduce((left) => Math.ceil(left / 2), side)
  const flat = halve(height) * halve(width) * body.width
  return { parameters: body.parameters + dense(flat, network.dense), width: network.dense }
}

function chained(layer: (from: number, to: number) => number, widths: readonly number[]): Counted {
  const parameters = widths.slice(1).reduce((sum, to, i) => sum + layer(widths[i], to), 0)
  return { parameters, width: widths[widths.length - 1] }
}

function dense(from: number, to: number): number {
  return from * to + to
}

function convolution(from: number, to: number): number {
  return dense(9 * from, to)
}

/** One convolution, and two residual blocks of two. */
function stage(from: number, to: number): number {
  return convolution(from, to) + 4 * convolution(to, to)
}
