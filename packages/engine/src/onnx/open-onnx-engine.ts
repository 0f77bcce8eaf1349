import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from '../engine.ts'
import type { EngineName } from '../engine-name.ts'
import { EngineUnavailable } from '../engine-unavailable.ts'
import { prepareRecording } from '../recording/recorder.ts'
import { findNvidiaModel } from './graphics-card.ts'
import { findBlock } from './blocked-channels.ts'
import { createOnnxEngine } from './onnx-engine.ts'
import { loadRuntime, type Provider } from './runtime.ts'

export type OnnxEngineName = Extract<EngineName, `onnx:${string}`>

export function isOnnx(name: EngineName): name is OnnxEngineName {
  return name.startsWith('onnx:')
}

export const providers: Readonly<Record<OnnxEngineName, Provider>> = {
  'onnx:cpu': 'cpu',
  'onnx:webgpu': 'webgpu',
  'onnx:cuda': 'cuda',
}

/**
 * ONNX Runtime on one of its providers, tested with a small function, as only that shows whether there is a device.
 * @throws EngineUnavailable if there is none.
 */
export async function openOnnxEngine(name: OnnxEngineName, threads: number): Promise<Engine> {
  const provider = providers[name]
  const loaded = loadRuntime(name, provider)
  const device = deviceOf(provider)
  const block = provider === 'cpu' ? await findBlock(loaded) : undefined
  const engine = createOnnxEngine({ info: { name, build: loaded.build, threads, device }, provider, loaded, block })
  try {
    await prepareRecording()
    await tryOut(engine)
  } catch (error) {
    throw new EngineUnavailable(name, `ONNX Runtime cannot use it: ${String(error)}`, { cause: error })
  }
  return engine
}

/** WebGPU may have chosen another card, or none. */
function deviceOf(provider: Provider): string {
  if (provider === 'cpu') return 'cpu'
  return (provider === 'cuda' ? findNvidiaModel() : null) ?? 'gpu'
}

async function tryOut(engine: Engine): Promise<void> {
  const pair = { shape: [2], type: 'float32' } as const
  const compiled = await engine.compile(({ x }) => ({ y: tf.add(x, x) }), { x: pair })
  const { y } = await compiled.run({ x: Float32Array.of(1, 2) })
  const [first, second] = await y.data()
  y.dispose()
  compiled.dispose()
  if (first !== 2 || second !== 4) throw new Error(`1 + 1 gave ${first}, 2 + 2 gave ${second}`)
}
