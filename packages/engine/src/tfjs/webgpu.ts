import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import { EngineUnavailable } from '../engine-unavailable.ts'
import { installedVersion } from '../installed-version.ts'
import type { LoadedBackend } from './backends.ts'
import { maxPoolGradient } from './webgpu-pooling.ts'

const require = createRequire(import.meta.url)
const engineName = 'tfjs:webgpu'
const packageNames = ['webgpu', '@tensorflow/tfjs-backend-webgpu']

/** The part of WebGPU used here; TypeScript has its types for browsers only. */
type Gpu = { requestAdapter(options: object): Promise<{ readonly info: { readonly device: string } } | null> }

/** TensorFlow.js's WebGPU backend on Dawn's binding for Node: optional peers, as Node has no WebGPU. */
export async function loadWebGpu(): Promise<LoadedBackend> {
  const missing = packageNames.filter((name) => !isInstalled(name))
  if (missing.length > 0) throw new EngineUnavailable(engineName, `${missing.join(' and ')} must be installed`)
  const [dawnName, backendName] = packageNames
  try {
    const gpu = await openGpu(dawnName)
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter === null) throw new Error('no graphics processor was found')
    // Looks for navigator.gpu when loaded, and requests the same adapter.
    await import(backendName)
    replacePooling()
    return {
      backend: 'webgpu',
      build: installedVersion(backendName),
      threads: 1,
      device: adapter.info.device || 'gpu',
      aliases: false,
    }
  } catch (error) {
    throw new EngineUnavailable(engineName, `it does not start: ${String(error)}`, { cause: error })
  }
}

/** One Dawn device for the process, as tensors belong to their device. */
async function openGpu(dawnName: string): Promise<Gpu> {
  const known: unknown = Reflect.get(globalThis.navigator, 'gpu')
  if (isGpu(known)) return known
  const dawn: { create(options: string[]): Gpu; globals: object } = await import(dawnName)
  Object.assign(globalThis, dawn.globals)
  Object.defineProperty(globalThis.navigator, 'gpu', { value: dawn.create([]), configurable: true })
  return openGpu(dawnName)
}

function isGpu(value: unknown): value is Gpu {
  return typeof value === 'object' && value !== null && 'requestAdapter' in value
}

function replacePooling(): void {
  const own = { kernelName: 'MaxPoolGrad', backendName: 'webgpu' } as const
  tf.unregisterKernel(own.kernelName, own.backendName)
  tf.registerKernel({ ...own, kernelFunc: maxPoolGradient })
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}
