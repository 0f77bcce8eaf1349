import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from './engine.ts'
import { effectiveThreads, engineBuilds } from './builds.ts'
import { engineNames, type EngineName } from './engine-name.ts'
import { EngineUnavailable } from './engine-unavailable.ts'
import { isOnnx, openOnnxEngine } from './onnx/open-onnx-engine.ts'
import { createTfjsEngine } from './tfjs/tfjs-engine.ts'
import { loadBackend } from './tfjs/backends.ts'

export type EngineOptions = {
  /**
   * Threads of one operation; 1 by default. TensorFlow.js's own backends always have one thread in Node;
   * TensorFlow keeps the first number requested in a process, and other numbers are refused.
   */
  readonly threads?: number
}

export type DetectedEngine = {
  readonly name: EngineName
  readonly build: string
  /** Null if the engine can be created, else the reason why not. */
  readonly missing: string | null
}

/**
 * The engine of that name, ready to compile. Engines of one process share TensorFlow.js and its backends, but not
 * tensors.
 * @throws EngineUnavailable if its packages are not installed, or have another version than in `engineBuilds`.
 */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  if (!engineNames.includes(name)) throw new EngineUnavailable(name, `known engines: ${engineNames.join(', ')}`)
  // Otherwise TensorFlow.js advises on stderr to install other packages.
  tf.enableProdMode()
  const threads = effectiveThreads(name, options.threads ?? 1)
  const engine = isOnnx(name)
    ? await openOnnxEngine(name, threads)
    : createTfjsEngine(name, await loadBackend(name, threads))
  const { build } = engine.info
  if (build !== engineBuilds[name])
    throw new EngineUnavailable(name, `version ${build} is installed, ${engineBuilds[name]} is needed`)
  return engine
}

/** Tries every engine; takes about a second on the first call. */
export async function detectEngines(): Promise<readonly DetectedEngine[]> {
  const detected: DetectedEngine[] = []
  for (const name of engineNames) detected.push({ name, build: engineBuilds[name], missing: await missingFor(name) })
  return detected
}

async function missingFor(name: EngineName): Promise<string | null> {
  try {
    const engine = await createEngine(name)
    engine.dispose()
    return null
  } catch (error) {
    if (error instanceof EngineUnavailable) return error.message
    throw error
  }
}
