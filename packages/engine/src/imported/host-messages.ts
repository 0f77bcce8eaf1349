import type { Provider } from '../onnx/runtime.ts'

/** Numbers with their shape, as sent between processes. */
export type Block = {
  readonly type: 'float32' | 'uint8'
  readonly data: Float32Array | Uint8Array
  readonly shape: readonly number[]
}

export type ToHost =
  | { readonly type: 'load'; readonly model: Uint8Array; readonly provider: Provider; readonly threads: number }
  | { readonly type: 'run'; readonly feeds: Readonly<Record<string, Block>>; readonly outputs: readonly string[] }

export type FromHost =
  | { readonly type: 'loaded'; readonly build: string }
  | { readonly type: 'results'; readonly results: Readonly<Record<string, Result>> }
  | { readonly type: 'failed'; readonly message: string }

/** A model may return anything: check the type before the elements are used. */
export type Result = { readonly type: string; readonly data: ArrayLike<unknown>; readonly shape: readonly number[] }
