import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineName } from '../engine-name.ts'
import { EngineUnavailable } from '../engine-unavailable.ts'
import { loadTensorFlow } from './tensorflow.ts'
import { registerWasmKernels } from './wasm-kernels.ts'
import { loadWebGpu } from './webgpu.ts'

export type LoadedBackend = {
  /** TensorFlow.js's own name for the backend. */
  readonly backend: string
  readonly build: string
  readonly threads: number
  readonly device: string
  /** Whether tensors may share memory with the arrays that they were made of or read into. */
  readonly aliases: boolean
}

export type TfjsEngineName = Extract<EngineName, `tfjs:${string}`>

const require = createRequire(import.meta.url)

/** Loads the packages of one engine and initialises its backend. */
export async function loadBackend(name: TfjsEngineName, threads: number): Promise<LoadedBackend> {
  const loaded = await loaders[name](threads)
  if (!(await tf.setBackend(loaded.backend)))
    throw new EngineUnavailable(name, `its backend ${loaded.backend} did not initialise`)
  return loaded
}

const loaders: Record<TfjsEngineName, (threads: number) => Promise<LoadedBackend>> = {
  'tfjs:wasm': loadWasm,
  'tfjs:tensorflow': loadTensorFlow,
  'tfjs:webgpu': loadWebGpu,
  'tfjs:cpu': loadCpu,
}

async function loadWasm(): Promise<LoadedBackend> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  const binaries = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))
  // Fails once the module runs, when it is no longer needed.
  if (tf.findBackend('wasm') === null) wasm.setWasmPaths(join(binaries, '/'))
  registerWasmKernels()
  return { backend: 'wasm', build: wasm.version_wasm, threads: 1, device: 'cpu', aliases: false }
}

async function loadCpu(): Promise<LoadedBackend> {
  const cpu = await import('@tensorflow/tfjs-backend-cpu')
  return { backend: 'cpu', build: cpu.version_cpu, threads: 1, device: 'cpu', aliases: true }
}
