import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineName } from '../engine-name.ts'
import { EngineUnavailable } from '../engine-unavailable.ts'

export type LoadedBackend = {
  /** TensorFlow.js's own name for the backend. */
  readonly backend: string
  readonly build: string
  readonly threads: number
  /** Whether tensors may share memory with the arrays that they were made of or read into. */
  readonly aliases: boolean
}

const require = createRequire(import.meta.url)

/** Loads the packages of one engine and initialises its backend. */
export async function loadBackend(name: EngineName, threads: number): Promise<LoadedBackend> {
  const loaded = await loaders[name](threads)
  if (!(await tf.setBackend(loaded.backend)))
    throw new EngineUnavailable(name, `its backend ${loaded.backend} did not initialise`)
  return loaded
}

const loaders: Record<EngineName, (threads: number) => Promise<LoadedBackend>> = {
  'tfjs:wasm': loadWasm,
  'tfjs:tensorflow': loadTensorFlow,
  'tfjs:cpu': loadCpu,
}

async function loadWasm(): Promise<LoadedBackend> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  const binaries = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))
  // Refused once the module runs, which is when it is needed no more.
  if (tf.findBackend('wasm') === null) wasm.setWasmPaths(join(binaries, '/'))
  return { backend: 'wasm', build: wasm.version_wasm, threads: 1, aliases: false }
}

async function loadCpu(): Promise<LoadedBackend> {
  const cpu = await import('@tensorflow/tfjs-backend-cpu')
  return { backend: 'cpu', build: cpu.version_cpu, threads: 1, aliases: true }
}

async function loadTensorFlow(threads: number): Promise<LoadedBackend> {
  const packageName = tensorFlowPackages.find(isInstalled)
  if (packageName === undefined)
    throw new EngineUnavailable('tfjs:tensorflow', `neither ${tensorFlowPackages.join(' nor ')} is installed`)
  restoreUtilPredicates()
  try {
    // Loaded by a computed name: an optional peer that most installations do not have.
    await import(packageName)
  } catch (error) {
    throw new EngineUnavailable('tfjs:tensorflow', `${packageName} does not load: ${String(error)}`, { cause: error })
  }
  const { version } = require(`${packageName}/package.json`) as { version: string }
  return { backend: 'tensorflow', build: version, threads, aliases: true }
}

/** The GPU build comes first: where both are there, somebody has installed it on purpose. */
const tensorFlowPackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']

function isInstalled(packageName: string): boolean {
  try {
    require.resolve(`${packageName}/package.json`)
    return true
  } catch {
    return false
  }
}

/** `@tensorflow/tfjs-node` 4.22 calls predicates that Node 23 removed from `node:util`. */
export function restoreUtilPredicates(): void {
  const target = util as unknown as Record<string, unknown>
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  target['isArray'] ??= Array.isArray
  target['isString'] ??= (value: unknown) => typeof value === 'string'
  target['isNumber'] ??= (value: unknown) => typeof value === 'number'
  target['isBoolean'] ??= (value: unknown) => typeof value === 'boolean'
  target['isFunction'] ??= (value: unknown) => typeof value === 'function'
  target['isObject'] ??= (value: unknown) => typeof value === 'object' && value !== null
}
