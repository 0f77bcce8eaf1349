import { afterEach, describe, expect, it } from 'vitest'
import { node } from '../../../engine/test/imported-models.ts'
import { graphOf, options, probe, toRows } from '../../test/imported-graphs.ts'
import { createImportedPolicy, type ImportedPolicy, type ImportedPolicyOptions } from './imported-policy.ts'

const float16 = 10

describe('a policy whose rows are checked', () => {
  let policy: ImportedPolicy | null = null
  afterEach(async () => {
    await policy?.dispose()
    policy = null
  })

  async function openGraph(nodes: readonly ReturnType<typeof node>[], change: Partial<ImportedPolicyOptions> = {}) {
    policy = await createImportedPolicy(graphOf(nodes), { ...options, ...change })
    return policy
  }

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
        node('DynamicQuantizeLinear', ['rows'], ['bytes', 'scale', 'zeroPoint']),
        node('Cast', ['bytes'], ['numbers'], { attribute: [{ name: 'to', i: 1, type: 2 }] }),
        node('Mul', ['numbers', 'little'], ['logits']),
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
})
