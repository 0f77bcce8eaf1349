import { exportModel, inspectModel, type TensorFunction, type TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeGraph, integers, node, port } from '../../../engine/test/imported-models.ts'
import { createImportedPolicy, type ImportedPolicy, type ImportedPolicyOptions } from './imported-policy.ts'

const probe = {
  observations: observationsOf([
    [0, 1, 0],
    [5, 1, 2],
    [3, 3, 7],
  ]),
  count: 3,
}

const options: ImportedPolicyOptions = {
  probe,
  observation: [2, 3, 4],
  actions: 3,
  input: 'observation',
  output: 'logits',
  batch: 4,
  engine: 'onnx:cpu',
  threads: 1,
  timeLimitMs: 20_000,
}

/** The logit of an action is the element of the first channel in that column of the first row. */
const firstRow = (image: Tensor): Tensor =>
  tf.reshape(tf.slice(image, [0, 0, 0, 0], [image.shape[0] ?? 0, 1, 3, 1]), [-1, 3])
const channelsLast: TensorFunction = ({ observation }) => ({ logits: firstRow(tf.cast(observation, 'float32')) })
const channelsFirst: TensorFunction = ({ observation }) => ({
  logits: firstRow(tf.transpose(observation, [0, 2, 3, 1])),
})

const bytes: TensorSpecs = { observation: { shape: [1, 2, 3, 4], type: 'uint8' } }
const floats: TensorSpecs = { observation: { shape: [1, 2, 3, 4], type: 'float32' } }
const planes: TensorSpecs = { observation: { shape: [1, 4, 2, 3], type: 'float32' } }

/** Observations whose first channel of the first row is `values`, and all else is noise. */
function observationsOf(rows: readonly (readonly number[])[]): Uint8Array {
  const observations = new Uint8Array(rows.length * 24).fill(9)
  rows.forEach((values, row) => values.forEach((value, column) => (observations[row * 24 + column * 4] = value)))
  return observations
}

/** Dimensions called `n` (dim_param, field 2) become 3 (dim_value, field 1, as a varint of equal length). */
function fixBatch(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString('latin1').replaceAll('\x12\x01n', '\x08\x83\x00')
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

const floatOf = (name: string, value: number) => ({
  name,
  dims: [],
  dataType: 1,
  rawData: new Uint8Array(Float32Array.of(value).buffer),
})
const constants = [
  integers('corner', [0, 0, 0, 0]),
  integers('end', [1 << 30, 1, 3, 1]),
  integers('narrow', [-1, 3]),
  integers('four', [4, 3]),
  integers('axis', [0]),
  integers('first', [0], []),
  floatOf('zero', 0),
  floatOf('little', 0.0025),
  floatOf('hundred', 100),
  { name: 'mask', dims: [3], dataType: 1, rawData: new Uint8Array(Float32Array.of(0, -1e9, 0).buffer) },
  { name: 'pixels', dims: [1], dataType: 1, rawData: new Uint8Array(4) },
  integers('many', [1000], []),
  floatOf('one', 1),
  floatOf('pixel', 255),
]
/** The first channel of the first row: [batch, 3]. */
const toRows = [
  node('Slice', ['observation', 'corner', 'end'], ['sliced']),
  node('Reshape', ['sliced', 'narrow'], ['rows']),
]

describe('createImportedPolicy', () => {
  let policy: ImportedPolicy | null = null
  afterEach(async () => {
    await policy?.dispose()
    policy = null
  })

  async function open(fn: TensorFunction, specs: TensorSpecs, change: Partial<ImportedPolicyOptions> = {}) {
    policy = await createImportedPolicy(await exportModel(fn, specs), { ...options, ...change })
    return policy
  }

  /** A model as other programs write it: [batch, 2, 3, 4] floats to [batch, 3]. */
  async function openGraph(
    nodes: readonly ReturnType<typeof node>[],
    { type, ...change }: Partial<ImportedPolicyOptions> & { readonly type?: number } = {},
  ) {
    const file = encodeGraph({
      input: [port('observation', ['n', 2, 3, 4])],
      output: [port('logits', ['n', 3], type)],
      initializer: constants,
      node: nodes,
    })
    policy = await createImportedPolicy(file, { ...options, ...change })
    return policy
  }

  it.each([
    ['bytes', channelsLast, bytes],
    ['floats', channelsLast, floats],
    ['channels first, as PyTorch has them', channelsFirst, planes],
  ])('acts on observations as %s', async (_name, fn, specs) => {
    const { greedy } = await open(fn, specs)
    const actions = new Uint8Array(3)
    await greedy.act(
      observationsOf([
        [0, 1, 0],
        [5, 1, 2],
        [0, 0, 7],
      ]),
      actions,
      () => 0,
    )
    expect([...actions]).toEqual([1, 0, 2])
  })

  it('runs a model of a fixed batch as often as needed', async () => {
    const file = fixBatch(await exportModel(channelsLast, bytes, { batch: 'n' }))
    expect(inspectModel(file).inputs[0].shape).toEqual([3, 2, 3, 4])
    policy = await createImportedPolicy(file, options)
    const actions = new Uint8Array(4)
    const rows = [
      [0, 1, 0],
      [5, 1, 2],
      [0, 0, 7],
      [0, 3, 1],
    ]
    await policy.greedy.act(observationsOf(rows), actions, () => 0)
    expect([...actions]).toEqual([1, 0, 2, 1])
  })

  it('samples in proportion to the softmax of the logits', async () => {
    const { sampled } = await open(channelsLast, bytes)
    const actions = new Uint8Array(2)
    await sampled.act(
      observationsOf([
        [1, 1, 1],
        [1, 1, 1],
      ]),
      actions,
      (slot) => [0.5, 0.9][slot],
    )
    expect([...actions]).toEqual([1, 2])
  })

  const refusals: readonly [string, TensorFunction, TensorSpecs, Partial<ImportedPolicyOptions>, RegExp][] = [
    [
      'another name of the input',
      channelsLast,
      bytes,
      { input: 'obs' },
      /input "obs" is expected.*"observation".*input: observation/,
    ],
    ['another name of the output', channelsLast, bytes, { output: 'policy' }, /output "policy" is expected.*"logits"/],
    [
      'several inputs',
      ({ observation, state }) => ({ logits: tf.add(firstRow(observation), state) }),
      { ...floats, state: { shape: [1, 3], type: 'float32' } },
      {},
      /one input.*has 2 \("observation", "state"\)/,
    ],
    [
      'another type',
      channelsLast,
      { observation: { shape: [1, 2, 3, 4], type: 'int32' } },
      {},
      /uint8 or float32.*int32/,
    ],
    [
      'another size',
      channelsLast,
      { observation: { shape: [1, 2, 3, 5], type: 'uint8' } },
      {},
      /\[batch, 2, 3, 4\] or \[batch, 4, 2, 3\], but has \[batch, 2, 3, 5\]/,
    ],
    ['another number of actions', channelsLast, bytes, { actions: 4 }, /\[batch, 4\].*\[batch, 3\]/],
    [
      'chosen actions in place of logits',
      ({ observation }) => ({ logits: tf.argMax(firstRow(tf.cast(observation, 'float32')), 1) }),
      bytes,
      {},
      /float32, but is int32/,
    ],
  ]
  it.each(refusals)('refuses %s with the reason and a remedy', async (_name, fn, specs, change, expected) => {
    const opening = open(fn, specs, change)
    await expect(opening).rejects.toMatchObject({ code: 'model-refused', message: expect.stringMatching(expected) })
    await expect(opening).rejects.toThrow(/Remedy: /)
  })

  const float16 = 10
  const float64 = 11
  it.each([float16, float64])(
    'refuses logits of another precision (type %i) and says how to convert them',
    async (type) => {
      const cast = node('Cast', ['rows'], ['logits'], { attribute: [{ name: 'to', i: type, type: 2 }] })
      await expect(openGraph([...toRows, cast], { type })).rejects.toMatchObject({
        code: 'model-refused',
        message: expect.stringMatching(/expected to be float32, but is float(16|64)\. Remedy: .*logits\.float\(\)/),
      })
    },
  )

  const unlike: readonly [string, readonly ReturnType<typeof node>[], RegExp][] = [
    [
      'that normalizes over its batch',
      [...toRows, node('ReduceMean', ['rows', 'axis'], ['mean']), node('Sub', ['rows', 'mean'], ['logits'])],
      /depends on the other rows of the batch.*Remedy: .*eval\(\)/,
    ],
    [
      'that adds up its rows',
      [...toRows, node('CumSum', ['rows', 'first'], ['logits'])],
      /depends on the other rows of the batch/,
    ],
    [
      'that draws from its logits',
      [
        ...toRows,
        node('RandomNormalLike', ['rows'], ['noise'], { attribute: [{ name: 'seed', f: 1, type: 1 }] }),
        node('Add', ['rows', 'noise'], ['logits']),
      ],
      /depends on chance: evaluated twice.*Remedy: .*dropout/,
    ],
    [
      'that counts its rows',
      [
        ...toRows,
        node('Mul', ['rows', 'zero'], ['zeros']),
        node('Add', ['zeros', 'one'], ['ones']),
        node('CumSum', ['ones', 'first'], ['places']),
        node('Mul', ['rows', 'places'], ['logits']),
      ],
      /depends on its place in the batch/,
    ],
    [
      'that normalizes over its batch and masks an action',
      [
        ...toRows,
        node('ReduceMean', ['rows', 'axis'], ['mean']),
        node('Sub', ['rows', 'mean'], ['normalized']),
        node('Add', ['normalized', 'mask'], ['logits']),
      ],
      /depends on the other rows of the batch/,
    ],
    [
      'that is quantized dynamically, with other scales for other rows',
      [
        ...toRows,
        node('DynamicQuantizeLinear', ['rows'], ['bytes', 'scale', 'zero']),
        node('Cast', ['bytes'], ['logits'], { attribute: [{ name: 'to', i: 1, type: 2 }] }),
      ],
      /depends on the other rows of the batch.*Remedy: .*quantize it statically/,
    ],
  ]
  it.each(unlike)('refuses a model %s', async (_name, nodes, expected) => {
    await expect(openGraph(nodes)).rejects.toMatchObject({
      code: 'model-refused',
      message: expect.stringMatching(expected),
    })
  })

  const timesSize = [
    ...toRows,
    node('Shape', ['rows'], ['shape']),
    node('Gather', ['shape', 'first'], ['size']),
    node('Cast', ['size'], ['number'], { attribute: [{ name: 'to', i: 1, type: 2 }] }),
    node('Mul', ['rows', 'number'], ['logits']),
  ]
  it.each([
    ['answers otherwise to', timesSize, /in a batch of 1, the logit of action \d is .* below the largest one/],
    ['cannot compute', [...toRows, node('Reshape', ['rows', 'four'], ['logits'])], /could not run the model/],
  ])('warns if a model %s batches of a size that is not in use, and acts', async (_what, nodes, expected) => {
    const { notes, greedy } = await openGraph(nodes)
    expect(notes).toMatchObject([{ level: 'info' }, { level: 'warn', message: expect.stringMatching(expected) }])
    const actions = new Uint8Array(3)
    await greedy.act(probe.observations, actions, () => 0)
    expect([...actions]).toEqual([1, 0, 2])
  })

  it('shows no numbers of a secret suite, whatever is wrong', async () => {
    const nan = [node('Sub', ['rows', 'hundred'], ['negative']), node('Log', ['negative'], ['logits'])]
    const outside = [
      node('Cast', ['rows'], ['index'], { attribute: [{ name: 'to', i: 7, type: 2 }] }),
      node('Add', ['index', 'many'], ['far']),
      node('Gather', ['pixels', 'far'], ['logits']),
    ]
    for (const nodes of [unlike[0][1], [...toRows, ...nan], [...toRows, ...outside]]) {
      const reason = (secret: boolean) => openGraph(nodes, { secret }).then(String, (error: Error) => error.message)
      const open = await reason(false)
      const hidden = await reason(true)
      expect(open).toMatch(/largest one, and then \d|the logits NaN|idx=\d+/)
      expect(hidden).not.toMatch(/\d|NaN/)
    }
  })

  it('accepts the coarse numbers of a model in float16, and not those of one in float32', async () => {
    // Each place in the batch adds 0.25 % to the logits: as much as rounding to float16 can in a few layers.
    const moved = [
      ...toRows,
      node('Mul', ['rows', 'zero'], ['zeros']),
      node('Add', ['zeros', 'little'], ['littles']),
      node('CumSum', ['littles', 'first'], ['places']),
      node('Add', ['places', 'one'], ['factors']),
      node('Mul', ['rows', 'factors'], ['moved']),
    ]
    await expect(openGraph([...moved, node('Identity', ['moved'], ['logits'])])).rejects.toThrow(/place in the batch/)
    const cast = (from: string, into: string, to: number) =>
      node('Cast', [from], [into], { attribute: [{ name: 'to', i: to, type: 2 }] })
    await openGraph([...moved, cast('moved', 'half', float16), cast('half', 'logits', 1)])
  })

  it('accepts differences of rounding, and the same answer in all places', async () => {
    const { notes } = await openGraph([...toRows, node('Softmax', ['rows'], ['logits'])])
    expect(notes).toMatchObject([{ level: 'info', message: expect.stringMatching(/float32: bytes from 0 to 255/) }])
  })

  it('warns if a model divides zeros and ones by 255', async () => {
    const nodes = [...toRows, node('Div', ['rows', 'pixel'], ['logits'])]
    const { notes } = await openGraph(nodes, { probe: { observations: new Uint8Array(48).fill(1), count: 2 } })
    expect(notes).toMatchObject([
      { level: 'info', message: expect.stringMatching(/zeros and ones/) },
      { level: 'warn', message: expect.stringMatching(/divides by 255.*zeros and ones/) },
    ])
    await policy?.dispose()
    expect((await openGraph(nodes)).notes).toHaveLength(1)
  })

  it('refuses logits that are not numbers', async () => {
    const nothing: TensorFunction = ({ observation }) => ({
      logits: tf.log(tf.sub(firstRow(tf.cast(observation, 'float32')), 1)),
    })
    await expect(open(nothing, bytes)).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/NaN/),
    })
  })
})
