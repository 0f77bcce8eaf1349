import type { Tensor } from '@tensorflow/tfjs-core'
import type { ParameterSpec } from './parameters.ts'

/** A pure function with its own parameters. */
export type Layer = {
  readonly parameters: readonly ParameterSpec[]
  /** parameters: arrays of the shapes above, in order. */
  apply(x: Tensor, parameters: readonly Tensor[]): Tensor
}

/** Applies layers one after the other. */
export function chain(layers: readonly Layer[]): Layer {
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),
    apply(x, parameters) {
      let next = 0
      return layers.reduce((value, layer) => {
        const own = parameters.slice(next, next + layer.parameters.length)
        next += own.length
        return layer.apply(value, own)
      }, x)
    },
  }
}

export function withoutParameters(apply: (x: Tensor) => Tensor): Layer {
  return { parameters: [], apply }
}
