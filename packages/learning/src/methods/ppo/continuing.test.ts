import { createEngine } from '@goalpost/engine'
import type { Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { smallOptions } from '../../../test/train-corridor.ts'
import { createTreadmill, treadmillShape } from '../../../test/treadmill.ts'
import { createIndexedLevels } from '../../levels/level-source.ts'
import { createNetwork } from '../../networks/network.ts'
import type { NetworkSpec } from '../../networks/network-spec.ts'
import { createPpoTrainer, type PpoTrainer } from './trainer.ts'

type Training = { readonly trainer: PpoTrainer; readonly simulator: Simulator<never> }

async function train(network: NetworkSpec, continuing = true): Promise<Training> {
  const simulator = createTreadmill(smallOptions.environments)
  const trainer = await createPpoTrainer({
    engine: await createEngine('tfjs:wasm'),
    network: createNetwork(network, { observation: treadmillShape, actions: 2 }),
    options: smallOptions,
    simulator,
    levels: createIndexedLevels(smallOptions.environments, (index) => ({ start: index % 5 })),
    continuing,
    stream: createStream(4),
    yieldToEventLoop: async () => {},
  })
  return { trainer, simulator }
}

const mlp: NetworkSpec = { kind: 'mlp', hidden: [16], activation: 'relu', crop: 0 }
const lstm: NetworkSpec = { kind: 'lstm', trunk: { ...mlp, hidden: [8] }, width: 8 }

test('every slot is one stream that is never reset, and every iteration a window of its steps', async () => {
  const { trainer, simulator } = await train(mlp)
  let earned = 0
  for (let iteration = 1; iteration <= 5; iteration++) {
    const { window, episodes } = await trainer.iterate()
    expect(episodes.finished).toBe(0)
    expect(window).toMatchObject({ steps: 256, counters: [window?.reward, window?.proxyReward] })
    earned += window?.reward ?? 0
    expect(simulator.steps.every((steps) => steps === iteration * smallOptions.rolloutSteps)).toBe(true)
  }
  expect(earned).toBeGreaterThan(0)
  expect(simulator.counters.filter((_, i) => i % 2 === 0).reduce((sum, count) => sum + count, 0)).toBe(earned)
})

test.each([mlp, lstm])(
  'a never-ending training, saved and resumed, ends with the same bytes and windows',
  async (network) => {
    const { trainer: undisturbed } = await train(network)
    for (let i = 0; i < 3; i++) await undisturbed.iterate()
    const parts = await undisturbed.save()
    const { trainer: resumed } = await train(network)
    await resumed.iterate()
    resumed.restore(parts)
    for (let i = 0; i < 3; i++) expect(await resumed.iterate()).toEqual(await undisturbed.iterate())
    expect(await resumed.save()).toEqual(await undisturbed.save())
  },
)

test('learns without a reset: it steps back and forth at the reward', async () => {
  const { trainer } = await train(mlp)
  const first = await trainer.iterate()
  let last = first
  for (let i = 0; i < 40; i++) last = await trainer.iterate()
  // At most one of two steps can end in the first cell; by chance one of five does.
  expect(first.window?.reward).toBeLessThan(0.3 * 256)
  expect(last.window?.reward).toBeGreaterThan(0.42 * 256)
})

test('worlds with episodes have no windows', async () => {
  expect((await (await train(mlp, false)).trainer.iterate()).window).toBeNull()
})
