import * as tf from '@tensorflow/tfjs-core'
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { createEngine } from '../create-engine.ts'
import type { TensorFunction, TensorSpecs } from '../engine.ts'
import { registerGradients } from '../gradients/register-gradients.ts'
import { elementsIn } from '../inputs.ts'
import { mapEntries } from '../map-entries.ts'
import { encodeModel } from '../onnx/model.ts'
import { neededNodes } from './needed-nodes.ts'
import { prepareRecording, record } from './recorder.ts'
import { withRank } from '../with-rank.ts'

beforeAll(async () => {
  registerGradients()
  await prepareRecording()
})

const gpu = { device: 'gpu', threads: 1 } as const
const wave = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(1 + step * i))
const elements = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

async function runOnProcessor(fn: TensorFunction, specs: TensorSpecs, inputs: Record<string, Float32Array>) {
  const session = await ort.InferenceSession.create(encodeModel(record(fn, specs, gpu)), { logSeverityLevel: 3 })
  const feeds = mapEntries(inputs, (data, name) => new ort.Tensor('float32', data, specs[name].shape))
  const { y } = await session.run(feeds)
  await session.release()
  return elementsIn(y.data)
}

async function expectEqual(fn: TensorFunction, specs: TensorSpecs) {
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, { shape }], i) => [name, wave(elements(shape), 0.7 + i)]),
  )
  const reference = await createEngine('tfjs:cpu')
  const expected = await (await (await reference.compile(fn, specs)).run(inputs))['y'].data()
  const actual = await runOnProcessor(fn, specs, inputs)
  expect(actual).toHaveLength(expected.length)
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(2e-4)
}

const gradient = (kernel: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap): Tensor =>
  tf.engine().runKernel(kernel, inputs, { dataFormat: 'NHWC', dilations: 1, ...attributes })

describe('recordings for graphics processors, run on the CPU', () => {
  const pads = ['same', 'valid'] as const
  const cases = pads.flatMap((pad) => [1, 2, 3].flatMap((strides) => [1, 3, 4].map((size) => ({ pad, strides, size }))))

  test.each(cases)('give the gradients of a convolution: $pad, strides $strides, filter $size', async (each) => {
    const { pad, strides, size } = each
    const [image, filter] = [
      [3, 7, 8, 2],
      [size, size + 1, 2, 5],
    ] as const
    const info = tf.backend_util.computeConv2DInfo([...image], [...filter], strides, 1, pad)
    const dy = { shape: info.outShape, type: 'float32' } as const
    await expectEqual(
      ({ x, dy: given }) => ({
        y: gradient('Conv2DBackpropFilter', { x, dy: given }, { strides, pad, filterShape: filter }),
      }),
      { x: { shape: image, type: 'float32' }, dy },
    )
    await expectEqual(
      ({ weights, dy: given }) => ({
        y: gradient('Conv2DBackpropInput', { dy: given, filter: weights }, { strides, pad, inputShape: image }),
      }),
      { weights: { shape: filter, type: 'float32' }, dy },
    )
  })

  test.each([
    ['sum', (x: Tensor) => tf.sum(x, [0, 1, 2])],
    ['mean', (x: Tensor) => tf.mean(x, [0, 1, 2], true)],
    ['max', (x: Tensor) => tf.max(x, [2, 0])],
    ['sum of all', (x: Tensor) => tf.reshape(tf.sum(x), [1])],
  ])('reduces many cells axis by axis: %s', (_name, reduce) =>
    expectEqual(({ x }) => ({ y: reduce(x) }), { x: { shape: [70, 9, 80, 3], type: 'float32' } }),
  )

  test('split long sums, so that each can have its own workgroup, and leave short ones whole', () => {
    const operators = (shape: number[]) =>
      neededNodes(
        Object.values(record(({ x }) => ({ y: tf.sum(x, [0, 1, 2]) }), { x: { shape, type: 'float32' } }, gpu).outputs),
      ).map(({ operator }) => operator)
    expect(operators([256, 32, 32, 16])).toEqual(['ReduceSum', 'ReduceSum'])
    expect(operators([2, 5, 5, 16])).toEqual(['ReduceSum'])
  })

  test('turn no convolution into one with a kernel as large as the image', () => {
    const recording = record(
      ({ x, dy }) => ({
        y: gradient('Conv2DBackpropFilter', { x, dy }, { strides: 1, pad: 'same', filterShape: [3, 3, 2, 5] }),
      }),
      { x: { shape: [3, 7, 8, 2], type: 'float32' }, dy: { shape: [3, 7, 8, 5], type: 'float32' } },
      gpu,
    )
    expect(neededNodes(Object.values(recording.outputs)).some(({ operator }) => operator === 'Conv')).toBe(false)
  })
})

test('patches that would not fit into one buffer are multiplied in groups', () => {
  const productsAt = (samples: number): number => {
    const image = { shape: [samples, 32, 32, 16], type: 'float32' } as const
    const { outputs } = record(
      ({ x, dy }) => ({
        y: gradient('Conv2DBackpropFilter', { x, dy }, { strides: 1, pad: 'same', filterShape: [3, 3, 16, 16] }),
      }),
      { x: image, dy: image },
      gpu,
    )
    return neededNodes(Object.values(outputs)).filter(({ operator }) => operator === 'MatMul').length
  }
  expect([512, 2_048, 8_192].map(productsAt)).toEqual([1, 2, 5])
})

test('the image of a strided convolution is computed by ConvTranspose', () => {
  const operatorsAt = (strides: number): string[] => {
    const fn: TensorFunction = ({ x, filter }) => ({
      y: tf.grad((image) => tf.sum(tf.conv2d(withRank(image, 4), withRank(filter, 4), strides, 'same')))(x),
    })
    const specs: TensorSpecs = {
      x: { shape: [2, 8, 8, 3], type: 'float32' },
      filter: { shape: [3, 3, 3, 4], type: 'float32' },
    }
    return neededNodes(Object.values(record(fn, specs, gpu).outputs)).map(({ operator }) => operator)
  }
  expect(operatorsAt(2)).toContain('ConvTranspose')
  expect(operatorsAt(1)).not.toContain('ConvTranspose')
})
