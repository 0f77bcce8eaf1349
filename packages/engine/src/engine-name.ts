import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The engines of this release. `onnx:*` record a function once and run it with ONNX Runtime; `tfjs:*` run it step
 * by step. `tfjs:cpu` is slow, plain JavaScript: the reference for parity tests.
 */
export const engineNames = [
  'onnx:cpu',
  'onnx:webgpu',
  'onnx:cuda',
  'tfjs:wasm',
  'tfjs:tensorflow',
  'tfjs:webgpu',
  'tfjs:cpu',
] as const
export type EngineName = (typeof engineNames)[number]

/**
 * `auto` is `onnx:cpu` if ONNX Runtime has a library for this platform, else `tfjs:wasm`. The caller stores
 * the resolved name: equal specs must give equal numbers on every machine.
 */
export function resolveEngine(name: EngineName | 'auto'): EngineName {
  if (name !== 'auto') return name
  return hasRuntime() ? 'onnx:cpu' : 'tfjs:wasm'
}

/** Looks for the library without loading it, as planners do not need it otherwise. */
function hasRuntime(): boolean {
  try {
    const entry = createRequire(import.meta.url).resolve('onnxruntime-node')
    const library = join('bin', 'napi-v6', process.platform, process.arch, 'onnxruntime_binding.node')
    return existsSync(join(dirname(entry), '..', library))
  } catch {
    return false
  }
}
