import { createEngine, resolveEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createRecallSimulator, drawRecall, recallShape, recallSteps } from '../../../test/recall.ts'
import { smallOptions, trainCorridor } from '../../../test/train-corridor.ts'
import { createPolicy } from '../../acting/policy.ts'
import { createIndexedLevels } from '../../levels/level-source.ts'
import { createNetwork } from '../../networks/network.ts'
import type { LstmSpec, NetworkSpec } from '../../networks/network-spec.ts'
import { parsePolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { shuffleSequences } from './minibatches.ts'
import { createPpoTrainer, type PpoTrainer } from './trainer.ts'

const mlp: NetworkSpec = { kind: 'mlp', hidden: [16], activation: 'tanh', crop: 0 }
const lstm: LstmSpec = { kind: 'lstm', trunk: { kind: 'mlp', hidden: [8], activation: 'tanh', crop: 0 }, width: 16 }

async function trainRecall(network: NetworkSpec, learningRate = 5e-3): Promise<PpoTrainer> {
  // Rollouts are not a multiple of an episode's length, so most of them begin in the middle of episodes.
  const options = { ...smallOptions, environments: 32, rolloutSteps: 12, epochs: 4, learningRate }
  const stream = createStream(3)
  const levels = stream.named('levels')
  return createPpoTrainer({
    engine: await createEngine(resolveEngine('auto')),
    network: createNetwork(network, { observation: recallShape, actions: 2 }),
    options,
    simulator: createRecallSimulator(options.environments),
    levels: createIndexedLevels(options.environments, (index) => drawRecall(levels, index)),
    stream,
    yieldToEventLoop: async () => {},
  })
}

/** The mean return of the last few iterations, relative to the largest possible one. */
async function learn(trainer: PpoTrainer, iterations: number): Promise<number> {
  const returns: number[] = []
  for (let i = 0; i < iterations; i++) returns.push((await trainer.iterate()).episodes.return ?? 0)
  return returns.slice(-5).reduce((sum, value) => sum + value / 5, 0) / smallOptions.discount ** (recallSteps - 1)
}

test('an LSTM learns to answer with the bit from four steps before; an MLP cannot', async () => {
  expect(await learn(await trainRecall(mlp), 30)).toBeLessThan(0.6)
  const trainer = await trainRecall(lstm)
  expect(await learn(trainer, 30)).toBeGreaterThan(0.95)
})

test('an update uses the same states and starts as the acting policy', async () => {
  const trainer = await trainRecall(lstm)
  await learn(trainer, 15)
  // An unchanged policy gives its own actions the probabilities that they were taken with.
  const still = await trainRecall(lstm, 0)
  still.restore(await trainer.save())
  for (let i = 0; i < 2; i++) {
    const { updates } = await still.iterate()
    expect(updates.entropy).toBeLessThan(0.6)
    expect(Math.abs(updates.approximateKl)).toBeLessThan(1e-7)
    expect(updates.clipFraction).toBe(0)
  }
})

test('a policy remembers in each slot from the start of its episode', async () => {
  const trainer = await trainRecall(lstm)
  await learn(trainer, 30)
  const { policy } = await trainer.save()
  const acting = await createPolicy(await createEngine(resolveEngine('auto')), parsePolicySnapshot(policy), 4)
  const simulator = createRecallSimulator(4)
  const actions = new Uint8Array(4)
  const bits = [0, 1, 1, 0]
  for (let episode = 0; episode < 3; episode++) {
    bits.reverse()
    bits[0] = episode % 2
    bits.forEach((bit, slot) => {
      simulator.reset(slot, { bit })
      acting.greedy.begin(slot)
    })
    for (let step = 0; step < recallSteps; step++) {
      await acting.greedy.act(simulator.observations, actions, () => 0)
      // The other way of acting remembers its own episodes.
      await acting.sampled.act(new Uint8Array(12).fill(1), new Uint8Array(4), () => 0.5)
      simulator.step(actions)
    }
    expect(Array.from(actions)).toEqual(bits)
  }
  acting.dispose()
})

test.each([0, 1, 3])(
  'a recurrent training saved after %i iterations and restored ends with the same bytes',
  async (at) => {
    const undisturbed = await trainRecall(lstm)
    for (let i = 0; i < at; i++) await undisturbed.iterate()
    const parts = await undisturbed.save()
    const resumed = await trainRecall(lstm)
    await resumed.iterate()
    resumed.restore(parts)
    expect(await resumed.save()).toEqual(parts)
    for (let i = 0; i < 2; i++) expect(await resumed.iterate()).toEqual(await undisturbed.iterate())
    expect(await resumed.save()).toEqual(await undisturbed.save())
  },
)

test('a recurrent network learns from cut-off episodes, and its number of tensors is constant', async () => {
  const engine = await createEngine(resolveEngine('auto'))
  const before = engine.memory()
  const network: LstmSpec = { ...lstm, trunk: { kind: 'mlp', hidden: [16], activation: 'relu', crop: 0 } }
  const trainer = await trainCorridor({ engine, network })
  await trainer.iterate()
  const early = engine.memory()
  let metrics = await trainer.iterate()
  for (let i = 0; i < 50; i++) metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeGreaterThan(0.9)
  expect(engine.memory()).toEqual(early)
  trainer.dispose()
  expect(engine.memory()).toEqual(before)
})

test('minibatches hold whole sequences, step-major, of environments in a shuffled order', () => {
  const order = new Int32Array(3 * 6)
  shuffleSequences(order, createStream(1).at(0), { environments: 6, minibatches: 2 })
  const minibatches = [order.slice(0, 9), order.slice(9)]
  const seen = minibatches.flatMap((minibatch) => {
    const environments = Array.from(minibatch.slice(0, 3))
    expect(Array.from(minibatch)).toEqual([0, 1, 2].flatMap((step) => environments.map((slot) => 6 * step + slot)))
    return environments
  })
  expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
  expect(seen).not.toEqual([0, 1, 2, 3, 4, 5])
})

test('options that a recurrent network cannot learn with are refused', async () => {
  await expect(trainCorridor({ network: lstm, options: { environments: 12, minibatches: 8 } })).rejects.toThrow(
    '12 environments cannot be divided into 8 minibatches',
  )
  await expect(trainCorridor({ network: lstm, options: { rolloutSteps: 512 } })).rejects.toThrow(
    'learns through 256 steps at most, not 512',
  )
})
