import { createRequire } from 'node:module'
import util from 'node:util'
import { isMainThread } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs-core'
import { EngineUnavailable } from '../engine-unavailable.ts'
import { installedVersion } from '../installed-version.ts'
import type { LoadedBackend } from './backends.ts'

const require = createRequire(import.meta.url)
const engineName = 'tfjs:tensorflow'

/** The GPU build first: it is only installed deliberately. */
const packageNames = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']

/** TensorFlow sizes its thread pools when it is loaded, for the whole life of the process. */
let startedThreads: number | null = null

/** Loads TensorFlow's own library through an optional peer that most installations do not have. */
export async function loadTensorFlow(threads: number): Promise<LoadedBackend> {
  const packageName = packageNames.find(isInstalled)
  if (packageName === undefined)
    throw new EngineUnavailable(engineName, `neither ${packageNames.join(' nor ')} is installed`)
  if (startedThreads !== null && startedThreads !== threads)
    throw new EngineUnavailable(
      engineName,
      `this process started it with ${startedThreads} thread(s); ${threads} need another process`,
    )
  configureTensorFlow(threads)
  restoreUtilPredicates()
  try {
    await import(packageName)
  } catch (error) {
    throw new EngineUnavailable(engineName, `${packageName} does not load: ${String(error)}`, { cause: error })
  }
  startedThreads = threads
  return {
    backend: 'tensorflow',
    build: `${installedVersion(packageName)}+tensorflow-${libraryVersion()}`,
    threads,
    device: packageName.endsWith('gpu') ? 'gpu' : 'cpu',
    aliases: true,
  }
}

function isInstalled(packageName: string): boolean {
  try {
    require.resolve(`${packageName}/package.json`)
    return true
  } catch {
    return false
  }
}

/**
 * The environment is the binding's only way to configure TensorFlow. oneDNN is off as it chooses its kernels, and with
 * them the order of sums, by the processor.
 */
function configureTensorFlow(threads: number): void {
  // In other threads, process.env is a copy that native code does not see.
  if (!isMainThread) throw new EngineUnavailable(engineName, 'only the main thread of a process can configure it')
  const settings = { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: '1', TF_ENABLE_ONEDNN_OPTS: '0' }
  // oxlint-disable-next-line node/no-process-env -- written for the native library, never read
  Object.assign(process.env, settings)
}

/** The package's version does not determine the library that its binding was linked with. */
function libraryVersion(): string {
  const backend: object = tf.findBackend('tensorflow')
  const binding = 'binding' in backend ? backend.binding : null
  const hasVersion = typeof binding === 'object' && binding !== null && 'TF_Version' in binding
  return hasVersion ? String(binding.TF_Version) : 'unknown'
}

/** `@tensorflow/tfjs-node` 4.22 calls these; Node 23 removed one and warns about the other. */
export function restoreUtilPredicates(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  })
}
