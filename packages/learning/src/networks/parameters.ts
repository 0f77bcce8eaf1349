import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'

/** One array of parameters, and its initial values. */
export type ParameterSpec = {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: Initial
}

/** Groups follow each other along the last axis, and fill it. */
export type Initial =
  /** Columns, orthogonal within their group, times its gain. */
  | { readonly kind: 'orthogonal'; readonly groups: readonly { readonly columns: number; readonly gain: number }[] }
  | { readonly kind: 'constant'; readonly groups: readonly { readonly columns: number; readonly value: number }[] }
  | { readonly kind: 'normal'; readonly deviation: number }

/** Parameters lie one after the other in one flat vector, so that an optimizer sees a single array. */
export type ParameterLayout = {
  readonly parameters: readonly ParameterSpec[]
  /** Total number of parameters, P. */
  readonly size: number
  /** Cuts the flat vector [P] into the arrays of `parameters`. Pure. */
  split(flat: Tensor1D): Tensor[]
}

export function layOut(parameters: readonly ParameterSpec[]): ParameterLayout {
  return {
    parameters,
    size: parameters.reduce((sum, { shape }) => sum + product(shape), 0),
    split(flat) {
      let offset = 0
      return parameters.map(({ shape }) => {
        const from = offset
        offset += product(shape)
        return tf.reshape(tf.slice1d(flat, from, offset - from), [...shape])
      })
    },
  }
}

export function orthogonal(name: string, shape: readonly number[], gain: number): ParameterSpec {
  return { name, shape, initial: { kind: 'orthogonal', groups: [{ columns: shape.at(-1) ?? 1, gain }] } }
}

export function normal(name: string, shape: readonly number[], deviation: number): ParameterSpec {
  return { name, shape, initial: { kind: 'normal', deviation } }
}

/** A vector. */
export function constant(name: string, columns: number, value: number): ParameterSpec {
  return { name, shape: [columns], initial: { kind: 'constant', groups: [{ columns, value }] } }
}

export function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1)
}
