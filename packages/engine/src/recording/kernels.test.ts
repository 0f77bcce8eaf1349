import * as tf from '@tensorflow/tfjs-core'
import type { NamedAttrMap, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { createEngine, detectEngines } from '../create-engine.ts'
import type { Elements, TensorFunction, TensorSpecs } from '../engine.ts'
import { mapEntries } from '../map-entries.ts'
import { withRank } from '../with-rank.ts'
import { kernelTable } from './kernels/index.ts'

/**
 * a and b are [3, 4] with both signs and some equal elements, p is positive; i is [5] int32 in 0 … 2; bytes is [3, 4]
 * of 0 and 1; image is [2, 5, 6, 3], filter [3, 3, 3, 4], out [2, 5, 6, 4], half [2, 3, 3, 3]; wide is [2, 5, 6, 16],
 * wideFilter [3, 3, 16, 32], wideOut [2, 5, 6, 32]: channels that blocked convolutions take; cube is [2, 3, 4], pair
 * [2, 4, 5].
 */
type Given = {
  readonly a: Tensor2D
  readonly b: Tensor2D
  readonly p: Tensor2D
  readonly row: Tensor1D
  readonly i: Tensor1D
  readonly bytes: Tensor2D
  readonly image: Tensor4D
  readonly filter: Tensor4D
  readonly out: Tensor4D
  readonly wide: Tensor4D
  readonly wideFilter: Tensor4D
  readonly wideOut: Tensor4D
  readonly cube: Tensor3D
  readonly pair: Tensor3D
}

const float = (x: Tensor) => tf.cast(x, 'float32')
const run = (kernel: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap = {}) =>
  tf.engine().runKernel<Tensor>(kernel, inputs, attributes)
const convolution = (strides: number) => ({ strides, pad: 'same', dataFormat: 'NHWC', dilations: 1 })
const pooling = { filterSize: 3, strides: 2, pad: 'same' }

const cases: Readonly<Record<string, (given: Given) => Tensor | readonly Tensor[]>> = {
  Add: ({ a, b, row }) => [
    tf.add(a, b),
    tf.add(a, row),
    tf.add(a, 0),
    tf.add(tf.matMul(a, b, false, true), tf.slice(a, 0, [3, 3])),
    tf.add(tf.matMul(a, b, false, true), tf.slice(row, 0, 3)),
  ],
  Sub: ({ a, b, row }) => [tf.sub(a, b), tf.sub(row, a), tf.sub(a, 0)],
  Multiply: ({ a, b, row }) => [
    tf.mul(a, b),
    tf.mul(row, a),
    tf.mul(a, 1),
    tf.mul(tf.ones([3, 4]), row),
    tf.mul(a, tf.step(b)),
  ],
  RealDiv: ({ a, p }) => [tf.div(a, p), tf.div(a, 1), tf.div(2, p)],
  Maximum: ({ a, b }) => tf.maximum(a, b),
  Minimum: ({ a, b }) => tf.minimum(a, b),
  Pow: ({ p }) => [tf.pow(p, 3), tf.pow(p, 0.5)],
  SquaredDifference: ({ a, b }) => tf.squaredDifference(a, b),
  Greater: ({ a, b }) => float(tf.greater(a, b)),
  GreaterEqual: ({ a, b }) => float(tf.greaterEqual(a, b)),
  Less: ({ a, b }) => float(tf.less(a, b)),
  LessEqual: ({ a, b }) => float(tf.lessEqual(a, b)),
  Equal: ({ a, b, i }) => [float(tf.equal(a, b)), float(tf.equal(i, 1))],
  NotEqual: ({ a, b }) => float(tf.notEqual(a, b)),
  LogicalAnd: ({ a, b, bytes }) => [
    float(tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0))),
    float(tf.logicalAnd(bytes, tf.greater(a, 0))),
  ],
  LogicalOr: ({ a, bytes }) => float(tf.logicalOr(tf.greater(a, 0), bytes)),
  LogicalNot: ({ a, bytes }) => [float(tf.logicalNot(tf.greater(a, 0))), float(tf.logicalNot(bytes))],
  Exp: ({ a }) => tf.exp(a),
  Log: ({ p }) => tf.log(p),
  Sqrt: ({ p }) => tf.sqrt(p),
  Rsqrt: ({ p }) => tf.rsqrt(p),
  Square: ({ a }) => tf.square(a),
  Neg: ({ a }) => tf.neg(a),
  Abs: ({ a }) => tf.abs(a),
  Sign: ({ a }) => tf.sign(a),
  Floor: ({ a }) => tf.floor(a),
  Ceil: ({ a }) => tf.ceil(a),
  Reciprocal: ({ p }) => tf.reciprocal(p),
  Relu: ({ a }) => tf.relu(a),
  Elu: ({ a }) => tf.elu(a),
  Tanh: ({ a }) => tf.tanh(a),
  Sigmoid: ({ a }) => tf.sigmoid(a),
  Softplus: ({ a }) => tf.softplus(a),
  Erf: ({ a }) => tf.erf(a),
  Sin: ({ a }) => tf.sin(a),
  Cos: ({ a }) => tf.cos(a),
  Step: ({ a }) => [tf.step(a), tf.step(a, 0.1)],
  ClipByValue: ({ a }) => tf.clipByValue(a, -0.5, 0.6),
  Cast: ({ a, bytes, i }) => [
    tf.cast(a, 'int32'),
    tf.cast(bytes, 'float32'),
    tf.cast(i, 'float32'),
    float(tf.cast(a, 'bool')),
  ],
  Select: ({ a, b, bytes }) => [tf.where(tf.greater(a, 0), a, b), tf.where(bytes, a, tf.zerosLike(a))],
  Sum: ({ a, cube, bytes }) => [
    tf.sum(a),
    tf.sum(a, 0),
    tf.sum(cube, [0, 2], true),
    tf.sum(bytes),
    tf.sum(tf.reshape(a, [12, 1]), 1),
  ],
  Mean: ({ a, cube }) => [tf.mean(a), tf.mean(cube, -1)],
  Max: ({ a }) => [tf.max(a), tf.max(a, 1, true)],
  Min: ({ a }) => tf.min(a, 0),
  ArgMax: ({ a }) => tf.argMax(a, 1),
  Softmax: ({ a }) => tf.softmax(a),
  Identity: ({ a }) => tf.clone(a),
  Reshape: ({ cube }) => tf.reshape(cube, [6, -1]),
  ExpandDims: ({ a }) => [tf.expandDims(a, 0), tf.expandDims(a, -1)],
  Transpose: ({ cube }) => [
    tf.transpose(cube, [2, 0, 1]),
    tf.transpose(tf.transpose(cube, [2, 0, 1]), [1, 2, 0]),
    tf.transpose(tf.reshape(cube, [1, 6, 4]), [1, 0, 2]),
  ],
  Slice: ({ cube }) => [tf.slice(cube, [1, 0, 1], [1, -1, 2]), tf.slice(cube, [0, 0, 0], [2, 3, 4])],
  StridedSlice: ({ cube }) => [
    tf.stridedSlice(cube, [0, 2, 0], [2, -4, 4], [1, -1, 2]),
    tf.stridedSlice(cube, [1], [2], [1], 0, 0, 0, 0, 1),
  ],
  Concat: ({ a, b }) => [tf.concat([a, b], 1), tf.concat([a, tf.zeros([0, 4])], 0)],
  Pack: ({ a, b }) => tf.stack([a, b], 1),
  Unpack: ({ cube }) => tf.unstack(cube, 1),
  SplitV: ({ a, b }) => [...tf.split(a, 2, 1), ...tf.split(a, [1, 2], 0), ...tf.split(tf.reshape(b, [12]), 12)],
  PadV2: ({ a }) => [
    tf.pad(
      a,
      [
        [1, 0],
        [0, 2],
      ],
      7,
    ),
    tf.pad(a, [
      [0, 0],
      [0, 0],
    ]),
  ],
  Tile: ({ a }) => tf.tile(a, [2, 3]),
  Reverse: ({ cube }) => tf.reverse(cube, [0, 2]),
  GatherV2: ({ a, i }) => [tf.gather(a, i), tf.gather(a, i, 1)],
  UnsortedSegmentSum: ({ a, i, cube }) => [
    tf.unsortedSegmentSum(a, tf.slice(i, 0, 3), 4),
    tf.unsortedSegmentSum(cube, tf.slice(i, 1, 2), 3),
  ],
  OneHot: ({ i }) => [tf.oneHot(i, 4), tf.oneHot(i, 3, 2, -1)],
  ZerosLike: ({ a }) => tf.add(tf.zerosLike(a), a),
  OnesLike: ({ a }) => tf.sub(tf.onesLike(a), a),
  Fill: ({ a, row }) => [
    tf.fill([2, 2], 3),
    tf.sub(tf.fill([3, 4], 2), a),
    tf.concat([tf.fill([1, 4], 5), tf.reshape(row, [1, 4])]),
  ],
  BatchMatMul: ({ a, b, cube, pair }) => [
    tf.matMul(a, b, false, true),
    tf.matMul(a, b, true, false),
    tf.matMul(tf.transpose(a), b),
    tf.matMul(cube, pair),
    tf.matMul(pair, cube, true, true),
    tf.matMul(tf.reshape(a, [1, 3, 4]), tf.reshape(b, [1, 3, 4]), false, true),
  ],
  _FusedMatMul: ({ a, b, row }) =>
    run(
      '_FusedMatMul',
      { a: tf.reshape(a, [1, 3, 4]), b: tf.reshape(tf.transpose(b), [1, 4, 3]), bias: tf.slice(row, 0, 3) },
      { transposeA: false, transposeB: false, activation: 'relu', leakyreluAlpha: 0 },
    ),
  Conv2D: ({ image, filter, row, wide, wideFilter }) => {
    const bias = tf.tile(row, [8])
    const linear = tf.conv2d(wide, wideFilter, 1, 'same')
    return [
      tf.conv2d(image, filter, 1, 'same'),
      tf.conv2d(image, filter, 2, 'same'),
      tf.conv2d(image, filter, 1, 'valid'),
      tf.relu(
        tf.add(tf.conv2d(tf.slice(wide, 0, [2, 5, 6, 9]), tf.slice(wideFilter, 0, [3, 3, 9, 32]), 1, 'same'), bias),
      ),
      tf.conv2d(wide, wideFilter, 2, 'same'),
      linear,
      tf.relu(linear),
      tf.conv2d(tf.slice(wide, 0, [2, 4, 6, 16]), tf.slice(wideFilter, 0, [3, 3, 16, 16]), 1, 'same'),
      tf.conv2d(wide, tf.slice(wideFilter, 0, [3, 3, 16, 16]), 1, 'valid'),
      tf.relu(tf.add(tf.conv2d(wide, tf.slice(wideFilter, 0, [3, 3, 16, 16]), 1, 'same'), tf.slice(bias, 0, 16))),
      tf.relu(tf.add(tf.conv2d(image, tf.slice(wideFilter, 0, [3, 3, 3, 16]), 1, 'same'), tf.slice(bias, 0, 16))),
      tf.conv2d(image, tf.slice(wideFilter, 0, [3, 3, 3, 32]), 2, 'same'),
      tf.add(linear, bias),
      tf.relu(tf.add(linear, bias)),
    ]
  },
  FusedConv2D: ({ image, filter, row }) =>
    run('FusedConv2D', { x: image, filter, bias: row }, { ...convolution(1), activation: 'relu', leakyreluAlpha: 0 }),
  Conv2DBackpropInput: ({ out, filter, wideOut, wideFilter }) => [
    run('Conv2DBackpropInput', { dy: out, filter }, { ...convolution(1), inputShape: [2, 5, 6, 3] }),
    run(
      'Conv2DBackpropInput',
      { dy: tf.slice(out, 0, [2, 3, 3, 4]), filter },
      { ...convolution(2), inputShape: [2, 5, 6, 3] },
    ),
    run(
      'Conv2DBackpropInput',
      { dy: tf.slice(wideOut, 0, [2, 5, 6, 9]), filter: tf.slice(wideFilter, 0, [3, 3, 16, 9]) },
      { ...convolution(1), inputShape: [2, 5, 6, 16] },
    ),
    run('Conv2DBackpropInput', { dy: wideOut, filter: wideFilter }, { ...convolution(1), inputShape: [2, 5, 6, 16] }),
  ],
  Conv2DBackpropFilter: ({ image, out, wide, wideOut }) => [
    run('Conv2DBackpropFilter', { x: image, dy: out }, { ...convolution(1), filterShape: [3, 3, 3, 4] }),
    run(
      'Conv2DBackpropFilter',
      { x: image, dy: tf.slice(out, 0, [2, 3, 3, 4]) },
      { ...convolution(2), filterShape: [3, 3, 3, 4] },
    ),
    run('Conv2DBackpropFilter', { x: wide, dy: wideOut }, { ...convolution(1), filterShape: [3, 3, 16, 32] }),
  ],
  MaxPool: ({ image }) => [tf.maxPool(image, 3, 2, 'same'), tf.maxPool(image, 2, 2, 'valid')],
  MaxPoolGrad: ({ image, out }) => {
    const dy = tf.slice(out, 0, [2, 3, 3, 3])
    // Rounded, so that several cells of a window hold the maximum.
    const flat = tf.floor(image)
    const leftOver = { filterSize: 2, strides: 2, pad: 'valid' }
    const valid = run(
      'MaxPoolGrad',
      { dy: tf.slice(out, 0, [2, 2, 3, 3]), input: image, output: tf.maxPool(image, 2, 2, 'valid') },
      leftOver,
    )
    const same = [image, flat].map((input) =>
      run('MaxPoolGrad', { dy, input, output: tf.maxPool(input, 3, 2, 'same') }, pooling),
    )
    return [...same, valid]
  },
}

const wave = (length: number, step: number) => Float32Array.from({ length }, (_, i) => 1.7 * Math.sin(1 + step * i))
const inputs: Readonly<Record<keyof Given, { readonly shape: readonly number[]; readonly values: Elements }>> = {
  a: { shape: [3, 4], values: wave(12, 1).fill(0.5, 0, 1) },
  b: { shape: [3, 4], values: wave(12, 2).fill(0.5, 0, 1) },
  p: { shape: [3, 4], values: wave(12, 3).map((value) => value * value + 0.1) },
  row: { shape: [4], values: wave(4, 5) },
  i: { shape: [5], values: Int32Array.of(0, 2, 1, 2, 0) },
  bytes: { shape: [3, 4], values: Uint8Array.from({ length: 12 }, (_, i) => ((i * i) % 3 === 1 ? 1 : 0)) },
  image: { shape: [2, 5, 6, 3], values: wave(180, 0.7) },
  filter: { shape: [3, 3, 3, 4], values: wave(108, 1.3) },
  out: { shape: [2, 5, 6, 4], values: wave(240, 0.9) },
  wide: { shape: [2, 5, 6, 16], values: wave(960, 0.31) },
  wideFilter: { shape: [3, 3, 16, 32], values: wave(4608, 0.37) },
  wideOut: { shape: [2, 5, 6, 32], values: wave(1920, 0.43) },
  cube: { shape: [2, 3, 4], values: wave(24, 1.1) },
  pair: { shape: [2, 4, 5], values: wave(40, 1.9) },
}
const specs: TensorSpecs = mapEntries(inputs, ({ shape, values }) => ({
  shape,
  type: values instanceof Int32Array ? 'int32' : values instanceof Uint8Array ? 'uint8' : 'float32',
}))
const arrays = Object.fromEntries(Object.entries(inputs).map(([name, { values }]) => [name, values]))

function namedTensors(given: Readonly<Record<string, Tensor>>): Given {
  const { a, b, p, row, i, bytes, image, filter, out, wide, wideFilter, wideOut, cube, pair } = given
  return {
    a: withRank(a, 2),
    b: withRank(b, 2),
    p: withRank(p, 2),
    row: withRank(row, 1),
    i: withRank(i, 1),
    bytes: withRank(bytes, 2),
    cube: withRank(cube, 3),
    pair: withRank(pair, 3),
    image: withRank(image, 4),
    filter: withRank(filter, 4),
    out: withRank(out, 4),
    wide: withRank(wide, 4),
    wideFilter: withRank(wideFilter, 4),
    wideOut: withRank(wideOut, 4),
  }
}

async function compute(
  engineName: Parameters<typeof createEngine>[0],
  kernel: string,
): Promise<Record<string, number[]>> {
  const engine = await createEngine(engineName)
  const fn: TensorFunction = (given) => {
    const made = [cases[kernel](namedTensors(given))].flat()
    return Object.fromEntries(made.map((tensor, i) => [`${i}`, tensor]))
  }
  const compiled = await engine.compile(fn, specs)
  const outputs = Object.entries(await compiled.run(arrays))
  const values = await Promise.all(
    outputs.map(async ([name, output]): Promise<[string, number[]]> => [
      `${name} ${output.spec.type} [${output.spec.shape.join()}]`,
      Array.from(await output.data()),
    ]),
  )
  engine.dispose()
  compiled.dispose()
  return Object.fromEntries(values)
}

/** WebGPU requires only 2⁻¹¹ of sines (WGSL, "Accuracy of built-in functions"). */
function tolerance(name: string, kernel: string): number {
  return name === 'onnx:webgpu' && (kernel === 'Sin' || kernel === 'Cos') ? 2 ** -11 : 5e-5
}

const recording = (await detectEngines()).filter(({ name, missing }) => missing === null && name.startsWith('onnx:'))

test('every recorded kernel is compared', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(kernelTable).toSorted())
})

for (const { name } of recording)
  test.each(Object.keys(cases))(`${name}: %s gives the same as tfjs:cpu`, async (kernel) => {
    const expected = await compute('tfjs:cpu', kernel)
    const actual = await compute(name, kernel)
    expect(Object.keys(actual)).toEqual(Object.keys(expected))
    for (const [output, values] of Object.entries(expected))
      values.forEach((value, i) =>
        expect(Math.abs(actual[output][i] - value), `${output} element ${i}`).toBeLessThan(
          tolerance(name, kernel) * Math.max(1, Math.abs(value)),
        ),
      )
  })
