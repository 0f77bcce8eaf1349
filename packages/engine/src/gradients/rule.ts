import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * The derivative rule of one kernel, written with ordinary ops, so that it runs on every backend that has their kernels.
 * Thunks are called only for inputs whose gradient somebody wants; every gradient is float32 and of its input's shape.
 */
export type Rule = {
  /** Names of the inputs that the rule reads, in the order of `saved`. */
  readonly inputs?: readonly string[]
  /** Whether the first output is saved, behind the inputs. */
  readonly keepsOutput?: boolean
  /** dy: of the shape of the kernel's first output. Maps each input's name to a thunk for its gradient. */
  gradient(dy: Tensor, saved: Tensor[], attributes: Attributes): Record<string, () => Tensor>
}

/** A kernel with several outputs has as many gradients coming in. */
export type ManyOutputsRule = {
  readonly manyOutputs: true
  gradient(dys: Tensor[], attributes: Attributes): Record<string, () => Tensor>
}

export type Attributes = Readonly<Record<string, unknown>>

/** By the kernel's name in TensorFlow.js. */
export type Rules = Readonly<Record<string, Rule | ManyOutputsRule>>
