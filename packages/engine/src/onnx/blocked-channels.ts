import { createGraph } from '../recording/graph.ts'
import { encodeModel } from './model.ts'
import { createSession, type LoadedRuntime } from './runtime.ts'

/** The domain of operators on images with channels in blocks: [batch, channels / block, height, width, block]. */
export const blockedDomain = 'com.microsoft.nchwc'

/**
 * The number of channels in a block of ONNX Runtime's own convolutions on this processor: 16 with AVX-512, 8 with AVX2,
 * undefined without such kernels. There is no API for it, but an image of four channels is padded to it.
 */
export async function findBlock(loaded: LoadedRuntime): Promise<number | undefined> {
  const graph = createGraph()
  const x = graph.input('x', { shape: [1, 4, 1, 2], type: 'float32' })
  const blocked = graph.node('ReorderInput', [x], { shape: [1, 16, 1, 2], type: 'float32' }, { domain: blockedDomain })
  const sizes = graph.node('Shape', [blocked], { shape: [4], type: 'int64' })
  try {
    const model = encodeModel({ inputs: { x }, outputs: { sizes } })
    const session = await createSession(loaded, model, { provider: 'cpu', threads: 1, kept: [] })
    const results = await session.run({ x: new loaded.runtime.Tensor('float32', new Float32Array(8), [1, 4, 1, 2]) })
    await session.release()
    return Number(results['sizes'].data[1])
  } catch {
    return undefined
  }
}
