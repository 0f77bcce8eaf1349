import * as tf from '@tensorflow/tfjs-core'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import type { TensorFunction, TensorSpecs } from '../engine.ts'
import { createEngine } from '../create-engine.ts'
import { elementsIn } from '../inputs.ts'
import { withRank } from '../with-rank.ts'
import { exportModel } from './export-model.ts'
import { decodeMessage } from './schema.ts'

type Bytes = Uint8Array

async function runModel(model: Bytes, feeds: Record<string, ort.Tensor>): Promise<ort.InferenceSession.ReturnType> {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 })
  const results = await session.run(feeds)
  await session.release()
  return results
}

const images: TensorSpecs = {
  image: { shape: [1, 4, 4, 2], type: 'uint8' },
  filter: { shape: [3, 3, 2, 3], type: 'float32' },
  weight: { shape: [48, 2], type: 'float32' },
}

/** Reshapes, transposes, pads and slices whose sizes all depend on the batch. */
const convolve: TensorFunction = ({ image, filter, weight }) => {
  const x = tf.conv2d(withRank(tf.cast(image, 'float32'), 4), withRank(filter, 4), 1, 'same')
  const flat = tf.reshape(x, [x.shape[0], 48])
  return { y: tf.matMul(flat, weight), total: tf.sum(flat, 1) }
}

const constants = {
  filter: Float32Array.from({ length: 54 }, (_, i) => Math.sin(i)),
  weight: Float32Array.from({ length: 96 }, (_, i) => Math.cos(i)),
}

const bytesOf = (batch: number, each: number) => Uint8Array.from({ length: batch * each }, (_, i) => (i * 7) % 5)

describe('exportModel', () => {
  it('computes the same as the function in a fresh session, at any batch', async () => {
    const model = await exportModel(convolve, images, { constants })
    const engine = await createEngine('tfjs:cpu')
    for (const batch of [1, 2, 31, 100]) {
      const image = bytesOf(batch, 32)
      const results = await runModel(model, { image: new ort.Tensor('uint8', image, [batch, 4, 4, 2]) })
      const compiled = await engine.compile(convolve, { ...images, image: { shape: [batch, 4, 4, 2], type: 'uint8' } })
      const expected = await compiled.run({ image, ...constants })
      expect(results['y'].dims).toEqual([batch, 2])
      expect(results['total'].dims).toEqual([batch])
      const found = elementsIn(results['y'].data)
      const wanted = await expected['y'].data()
      expect(Math.max(...found.map((value, i) => Math.abs(value - wanted[i])))).toBeLessThan(1e-4)
    }
    engine.dispose()
  })

  it('names its inputs, its outputs, the size of the batch, and every constant, including equal ones', async () => {
    const twins: TensorFunction = ({ x, a, b }) => ({ y: tf.add(tf.mul(x, a), b) })
    const zeros = { a: new Float32Array(3), b: new Float32Array(3) }
    const specs: TensorSpecs = {
      x: { shape: [1, 3], type: 'float32' },
      a: { shape: [3], type: 'float32' },
      b: { shape: [3], type: 'float32' },
    }
    const model = await exportModel(twins, specs, { constants: zeros, batch: 'n', metadata: { made: 'here' } })
    const { graph, metadataProps } = decodeMessage('ModelProto', model) as Model
    const dims = ({ type }: Port) =>
      type.tensorType.shape.dim.map(({ dimParam, dimValue }) => dimParam || Number(dimValue))
    expect(graph.input.map((port) => [port.name, dims(port)])).toEqual([['x', ['n', 3]]])
    expect(graph.output.map((port) => [port.name, dims(port)])).toEqual([['y', ['n', 3]]])
    expect(graph.initializer.map(({ name }) => name).toSorted()).toEqual(['a', 'b'])
    expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([['made', 'here']])
  })

  it('handles sizes that are multiples of the batch, and repeated values of its size', async () => {
    const awkward: TensorFunction = ({ x }) => ({
      y: tf.concat([tf.ones([x.shape[0], 1]), tf.reshape(tf.tile(x, [2, 1]), [x.shape[0], 4])], 1),
    })
    const model = await exportModel(awkward, { x: { shape: [1, 2], type: 'float32' } })
    for (const batch of [1, 3]) {
      const values = Float32Array.from({ length: batch * 2 }, (_, i) => i)
      const { y } = await runModel(model, { x: new ort.Tensor('float32', values, [batch, 2]) })
      const twice = [...values, ...values]
      const rows = Array.from({ length: batch }, (_, row) => [1, ...twice.slice(4 * row, 4 * row + 4)])
      expect([...elementsIn(y.data)]).toEqual(rows.flat())
    }
  })

  it('gives equal bytes for equal content', async () => {
    expect(await exportModel(convolve, images, { constants })).toEqual(
      await exportModel(convolve, images, { constants }),
    )
  })

  it('refuses a function that differs by batch', async () => {
    const mean: TensorFunction = ({ x }) => ({ y: tf.sub(x, tf.mul(tf.sum(x), 1 / x.shape[0])) })
    await expect(exportModel(mean, { x: { shape: [1, 2], type: 'float32' } })).rejects.toThrow(/batch/)
  })

  it('does not change the active backend', async () => {
    const engine = await createEngine('tfjs:wasm')
    const tensor = engine.tensor(Float32Array.of(1), { shape: [1], type: 'float32' })
    const before = tf.getBackend()
    await exportModel(convolve, images, { constants })
    expect(tf.getBackend()).toBe(before)
    tensor.dispose()
    engine.dispose()
  })
})

type Port = {
  readonly name: string
  readonly type: { tensorType: { shape: { dim: { dimParam: string; dimValue: unknown }[] } } }
}
type Model = {
  readonly graph: { input: Port[]; output: Port[]; initializer: { name: string }[] }
  readonly metadataProps: { key: string; value: string }[]
}
