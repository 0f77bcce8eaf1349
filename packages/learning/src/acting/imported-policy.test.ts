import { exportModel, inspectModel, type TensorFunction, type TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it } from 'vitest'
import { node } from '../../../engine/test/imported-models.ts'
import { graphOf, observationsOf, options, toRows } from '../../test/imported-graphs.ts'
import { createImportedPolicy, type ImportedPolicy, type ImportedPolicyOptions } from './imported-policy.ts'

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

/** Dimensions called `n` (dim_param, field 2) become 3 (dim_value, field 1, as a varint of equal length). */
function fixBatch(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString('latin1').replaceAll('\x12\x01n', '\x08\x83\x00')
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

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

  async function openGraph(
    nodes: readonly ReturnType<typeof node>[],
    { type, ...change }: Partial<ImportedPolicyOptions> & { readonly type?: number } = {},
  ) {
    policy = await createImportedPolicy(graphOf(nodes, type), { ...options, ...change })
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
