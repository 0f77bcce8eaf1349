import type { Tensor } from '@tensorflow/tfjs-core'
import type { Attributes } from '../kernel-attributes.ts'

/**
 * The derivative rule of one kernel, written with ordinary ops, so that it runs on every backend that has their
 * kernels. Thunks are called only for inputs whose gradient is needed; every gradient is float32 and of its input's
 * shape.
 */
export type Rule = {
  /** Names of the inputs that the rule reads, in the order of `saved`; `all` if a kernel takes a list of tensors. */
  readonly inputs?: readonly string[] | 'all'
  /** Whether the output is saved, after the inputs. */
  readonly keepsOutput?: boolean
  /**
   * dy: of the shape of the kernel's output. Maps each input's name, or index in the list, to a thunk for its gradient.
   */
  gradient(dy: Tensor, saved: Tensor[], attributes: Attributes): Gradients
}

/** The rule of a kernel with several outputs; it gets a gradient for each. */
export type ManyOutputsRule = (dys: Tensor[], attributes: Attributes) => Gradients

export type Gradients = Readonly<Record<string, () => Tensor>> | readonly (() => Tensor)[]

/** By the kernel's name in TensorFlow.js. */
export type Rules = Readonly<Record<string, Rule>>
