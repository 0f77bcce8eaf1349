import type { EngineName } from './engine-name.ts'

export { devicesOf, effectiveThreads, type EngineDevice } from './engine-needs.ts'
export { engineNames, resolveEngine, type EngineName } from './engine-name.ts'

/**
 * The version of each engine's library: part of every task's identity, so planners need it without loading a tensor
 * library. `createEngine` refuses to run if another version is installed. TensorFlow's also names its library: 2.9.1
 * is the version that the published packages download.
 */
export const engineBuilds: Readonly<Record<EngineName, string>> = {
  'onnx:cpu': '1.30.0',
  'onnx:webgpu': '1.30.0',
  'onnx:cuda': '1.30.0',
  'tfjs:wasm': '4.22.0',
  'tfjs:tensorflow': '4.22.0+tensorflow-2.9.1',
  'tfjs:webgpu': '4.22.0',
  'tfjs:cpu': '4.22.0',
}
