import type { EngineName } from './engine-name.ts'

export { devicesOf, effectiveThreads, type EngineDevice } from './engine-needs.ts'
export { engineNames, resolveEngine, type EngineName } from './engine-name.ts'

/**
 * The version of what computes, by engine: part of every task's identity, so planners need it without loading a tensor
 * library. `createEngine` refuses to run where another version is installed. TensorFlow's names its library as well: 2.9.1
 * is the one that the published packages download.
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
