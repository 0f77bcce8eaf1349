export type EngineDevice = 'cpu' | 'gpu'

const gpuOnly: readonly string[] = ['onnx:webgpu', 'onnx:cuda', 'tfjs:webgpu']
/** TensorFlow computes on the device that its package was built for. */
const either: readonly string[] = ['tfjs:tensorflow']
/** In Node these always have one thread. */
const singleThreaded: readonly string[] = ['tfjs:wasm', 'tfjs:cpu', 'tfjs:webgpu']

/** The devices of an engine, the usual one first. A table, so that planners need no tensor library. */
export function devicesOf(name: string): readonly [EngineDevice, ...EngineDevice[]] {
  if (gpuOnly.includes(name)) return ['gpu']
  return either.includes(name) ? ['cpu', 'gpu'] : ['cpu']
}

/** The threads that an engine uses if `threads` are requested: numbers depend only on these. */
export function effectiveThreads(name: string, threads: number): number {
  return singleThreaded.includes(name) ? 1 : threads
}
