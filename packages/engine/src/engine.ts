import type { Tensor } from '@tensorflow/tfjs-core'

/** Bytes are for inputs, such as observations: in TensorFlow.js they are `bool`, to be cast by `tf.cast`. */
export type ElementType = 'float32' | 'int32' | 'uint8'

export type Elements = Float32Array | Int32Array | Uint8Array

/** A static shape; scalars have shape []. */
export type TensorSpec = { readonly shape: readonly number[]; readonly type: ElementType }

export type TensorSpecs = Readonly<Record<string, TensorSpec>>

/**
 * A pure function on named tensors with static shapes, written with TensorFlow.js ops and gradients. It must not read
 * data back, branch on values, or keep state: an engine may run it eagerly or trace it once.
 */
export type TensorFunction = (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>

/** A value in the engine's memory. The receiving caller disposes it. */
export type EngineTensor = {
  readonly spec: TensorSpec
  /** Copies the elements out, row-major. */
  data(): Promise<Elements>
  dispose(): void
}

export type Inputs = Readonly<Record<string, EngineTensor | Elements>>

/** A compiled function without its fixed inputs. */
export type Bound = Pick<Compiled, 'run' | 'dispose'>

export type Compiled = {
  /**
   * The same function with some of its inputs fixed, for many runs: values that depend only on them are computed once,
   * now, if the engine supports it. The given tensors may be disposed afterwards; the returned function has its own
   * lifetime.
   */
  bind(fixed: Inputs): Promise<Bound>
  /**
   * Inputs by name: engine tensors are used in place and stay the caller's; arrays are read before the promise
   * resolves, and must not change until then.
   */
  run(inputs: Inputs): Promise<Record<string, EngineTensor>>
  dispose(): void
}

export type EngineInfo = {
  /** e.g. `onnx:cpu` */
  readonly name: string
  /** Version of its library, e.g. `1.30.0`. */
  readonly build: string
  readonly threads: number
  /** The device: `cpu`, or the graphics processor by name if known. */
  readonly device: string
}

/** Runs pure tensor functions. Bit-exact for equal name, build, threads and shapes. */
export type Engine = {
  readonly info: EngineInfo
  compile(fn: TensorFunction, inputs: TensorSpecs): Promise<Compiled>
  tensor(values: Elements, spec: TensorSpec): EngineTensor
  /** Live bytes and tensors in the engine: constant over a long training unless something leaks. */
  memory(): { tensors: number; bytes: number }
  dispose(): void
}
