import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type * as Runtime from 'onnxruntime-node'
import { EngineUnavailable } from '../engine-unavailable.ts'
import { locateRuntime, type RuntimeInstallation } from './locate-runtime.ts'

export type Provider = 'cpu' | 'webgpu' | 'cuda'

export type LoadedRuntime = { readonly runtime: typeof Runtime; readonly build: string }

const require = createRequire(import.meta.url)

/**
 * Loads ONNX Runtime's binding for this platform, by default the one that is installed.
 * @throws EngineUnavailable if it has none, or was built without the provider.
 */
export function loadRuntime(engine: string, provider: Provider, located?: RuntimeInstallation): LoadedRuntime {
  let runtime: typeof Runtime
  let installation: RuntimeInstallation
  disableTelemetry(engine)
  try {
    installation = located ?? locateRuntime()
    runtime = require(installation.entry)
  } catch (error) {
    throw new EngineUnavailable(engine, `onnxruntime-node does not load: ${String(error)}`, { cause: error })
  }
  const backends = runtime.listSupportedBackends().map(({ name }) => name)
  if (!backends.includes(provider))
    throw new EngineUnavailable(engine, `this build of onnxruntime-node runs on ${backends.join(', ')} only`)
  if (provider === 'cuda') requireCudaProvider(engine, installation)
  return { runtime, build: installation.version }
}

/**
 * Since version 1.29 the official binaries write an identifier of the machine into the home folder and report sessions,
 * models and errors to Microsoft, unless this is set before they are loaded.
 */
function disableTelemetry(engine: string): void {
  // In other threads, process.env is a copy that native code does not see.
  if (!isMainThread) throw new EngineUnavailable(engine, 'only the main thread of a process can disable its telemetry')
  // oxlint-disable-next-line node/no-process-env -- written for the native library, never read
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
}

/** The CUDA provider is too large for the npm registry; without it ONNX Runtime writes to stderr before it fails. */
function requireCudaProvider(engine: string, { folders }: RuntimeInstallation): void {
  const folder = join(folders[0], 'bin', 'napi-v6', process.platform, process.arch)
  const library = process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'
  if (!existsSync(join(folder, library)))
    throw new EngineUnavailable(engine, `${library} is not installed; see docs/engines.md`)
}

export type SessionSetup = {
  readonly provider: Provider
  readonly threads: number
  /** Names of the outputs that stay in the memory of the device. */
  readonly kept: readonly string[]
}

/** A session for one model, ready to run. */
export async function createSession(
  { runtime }: LoadedRuntime,
  model: Uint8Array,
  { provider, threads, kept }: SessionSetup,
): Promise<Runtime.InferenceSession> {
  return runtime.InferenceSession.create(model, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Not `set_denormal_as_zero`: it applies to the whole thread, including JavaScript's own arithmetic.
    ...(kept.length === 0
      ? {}
      : { preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, 'gpu-buffer'])) }),
  })
}
