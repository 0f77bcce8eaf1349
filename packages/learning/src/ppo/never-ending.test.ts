import { createEngine } from '@goalpost/engine'
import { environments, type Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { smallOptions } from '../../test/train-corridor.ts'
import { createIndexedLevels } from '../levels/level-source.ts'
import { createNetwork } from '../networks/network.ts'
import type { NetworkSpec } from '../networks/network-spec.ts'
import { createPpoTrainer, type PpoTrainer } from './trainer.ts'

const environment = environments.get('tree-gridworld')
if (environment === undefined) throw new RangeError('there is no tree-gridworld')
const parameters = environment.parameters.parse({ size: 4, maxTrees: 4, startTrees: 4 })
const { counters } = environment.measures(parameters)

type Training = { readonly trainer: PpoTrainer; readonly simulator: Simulator<unknown> }

async function trainInForest(network: NetworkSpec): Promise<Training> {
  if (environment === undefined) throw new RangeError('there is no tree-gridworld')
  const stream = createStream(4)
  const simulator = environment.createSimulator(parameters, smallOptions.environments)
  const trainer = await createPpoTrainer({
    engine: await createEngine('tfjs:wasm'),
    network: createNetwork(network, {
      observation: environment.observation(parameters).shape,
      actions: environment.actions.length,
    }),
    options: smallOptions,
    simulator,
    levels: createIndexedLevels(smallOptions.environments, (index) =>
      environment.distributions[0].sample(parameters, stream.named('levels').at(index)),
    ),
    neverEnding: true,
    stream,
    breathe: async () => {},
  })
  return { trainer, simulator }
}

const mlp: NetworkSpec = { kind: 'mlp', hidden: [16], activation: 'relu', crop: 0 }
const lstm: NetworkSpec = { kind: 'lstm', trunk: { ...mlp, hidden: [8] }, width: 8 }

test('every slot is one stream that is never reset, and every iteration a window of its steps', async () => {
  const { trainer, simulator } = await trainInForest(mlp)
  let chopped = 0
  for (let iteration = 1; iteration <= 5; iteration++) {
    const { window, episodes } = await trainer.iterate()
    if (window === null) throw new Error('there is a window')
    expect(episodes.finished).toBe(0)
    expect(window.steps).toBe(256)
    const counted = Object.fromEntries(counters.map((name, i) => [name, window.counters[i]]))
    expect(counted['trees chopped']).toBe(window.reward)
    expect(counted['hasty steps']).toBe(window.proxyReward)
    const stepsAmong = counters.filter((name) => name.startsWith('steps, '))
    expect(stepsAmong.reduce((sum, name) => sum + counted[name], 0)).toBe(256)
    chopped += window.reward
    expect(simulator.steps.every((steps) => steps === iteration * smallOptions.rolloutSteps)).toBe(true)
  }
  expect(chopped).toBeGreaterThan(0)
})

test.each([mlp, lstm])(
  'a never-ending training of $kind, saved and resumed, ends with the same bytes and windows',
  async (network) => {
    const { trainer: undisturbed } = await trainInForest(network)
    for (let i = 0; i < 3; i++) await undisturbed.iterate()
    const parts = await undisturbed.save()
    const { trainer: resumed } = await trainInForest(network)
    await resumed.iterate()
    resumed.restore(parts)
    for (let i = 0; i < 3; i++) expect(await resumed.iterate()).toEqual(await undisturbed.iterate())
    expect(await resumed.save()).toEqual(await undisturbed.save())
  },
)
