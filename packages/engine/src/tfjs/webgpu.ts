import { createRequire } from 'node:module'
import { EngineUnavailable } from '../engine-unavailable.ts'
import type { LoadedBackend } from './backends.ts'

const require = createRequire(import.meta.url)
const engineName = 'tfjs:webgpu'
const packageNames = ['webgpu', '@tensorflow/tfjs-backend-webgpu']

/** TensorFlow.js's WebGPU backend on Dawn's binding for Node: optional peers, as Node has no WebGPU of its own. */
export async function loadWebGpu(): Promise<LoadedBackend> {
  const missing = packageNames.filter((name) => !isInstalled(name))
  if (missing.length > 0) throw new EngineUnavailable(engineName, `${missing.join(' and ')} must be installed`)
  const [dawnName, backendName] = packageNames
  try {
    const dawn = (await import(dawnName)) as { create(options: string[]): unknown; globals: object }
    Object.assign(globalThis, dawn.globals)
    Object.defineProperty(globalThis.navigator, 'gpu', { value: dawn.create([]), configurable: true })
    const backend = (await import(backendName)) as { version_webgpu: string }
    return { backend: 'webgpu', build: backend.version_webgpu, threads: 1, device: 'gpu', aliases: false }
  } catch (error) {
    throw new EngineUnavailable(engineName, `it does not start: ${String(error)}`, { cause: error })
  }
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}
