export type EngineDevice = 'cpu' | 'gpu'

const gpuOnly: readonly string[] = ['onnx:webgpu', 'onnx:cuda', 'tfjs:webgpu']
/** TensorFlow computes on whichever its package was built for. */
const either: readonly string[] = ['tfjs:tensorflow']
/** In Node these have one thread, whatever is asked for. */
const singleThreaded: readonly string[] = ['tfjs:wasm', 'tfjs:cpu', 'tfjs:webgpu']

/** What an engine can compute on, the usual first. A table, so that planners need no tensor library to know. */
export function devicesOf(name: string): readonly [EngineDevice, ...EngineDevice[]] {
  if (gpuOnly.includes(name)) return ['gpu']
  return either.includes(name) ? ['cpu', 'gpu'] : ['cpu']
}

/** The threads that an engine uses where `threads` are asked for: numbers depend on these, and on no others. */
export function effectiveThreads(name: string, threads: number): number {
  return singleThreaded.includes(name) ? 1 : threads
}
