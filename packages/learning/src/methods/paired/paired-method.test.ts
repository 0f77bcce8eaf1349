import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import type { LevelOutcome } from '../curriculum/level-outcomes.ts'
import { createBuilder } from './builder.ts'
import { createPairedMethod, regretsOf } from './paired-method.ts'

const outcome = (meanReturn: number, bestReturn: number): LevelOutcome => ({
  episodes: 2,
  meanReturn,
  bestReturn,
  meanValue: 0,
  positiveValueLoss: 0,
})

test('regret is the antagonist’s best return − the protagonist’s mean', () => {
  expect(regretsOf([outcome(0.25, 1), outcome(1, 1)], [outcome(0.5, 0.75), outcome(0, 0.5)])).toEqual([0.5, -0.5])
})

test('a builder learns to build what is worth most', async () => {
  const builder = await createBuilder({
    engine: await createEngine('tfjs:wasm'),
    ppo: { ...smallOptions, environments: 32, entropyCoefficient: 0 },
    site: { rows: 1, columns: 5, walls: 1 },
    iterations: 40,
    stream: createStream(3),
    yieldToEventLoop: async () => {},
  })
  // Only levels whose goal is in the fourth cell are worth anything.
  const worthOf = ({ goal }: { readonly goal: number }) => (goal === 3 ? 1 : 0)
  const shares: number[] = []
  for (let i = 0; i < 40; i++) {
    const worths = (await builder.build()).map(worthOf)
    shares.push(worths.reduce<number>((sum, worth) => sum + worth, 0) / worths.length)
    await builder.reward(worths)
  }
  expect(shares[0]).toBeLessThan(0.5)
  expect(shares.at(-1)).toBeGreaterThan(0.9)
  builder.trainer.dispose()
})

test('without a reward the builder keeps its weights; with regret it does not', async () => {
  const builders = []
  for (const reward of ['none', 'regret'] as const) {
    const training = await walk(createPairedMethod(smallOptions, { walls: 1, reward }))
    const before = (await training.save()).state['builder-policy']
    await training.iterate()
    builders.push([before, (await training.save()).state['builder-policy']])
  }
  expect(builders[0]![1]).toEqual(builders[0]![0])
  expect(builders[1]![1]).not.toEqual(builders[1]![0])
})

test('a world whose levels cannot be built is refused', async () => {
  const method = createPairedMethod(smallOptions, { walls: 1, reward: 'regret' })
  await expect(walk(method, { builder: null })).rejects.toThrow('needs levels that can be built')
})

test('a checkpoint with a builder that cannot be read is refused, and changes nothing', async () => {
  const method = createPairedMethod(smallOptions, { walls: 1, reward: 'regret' })
  const [training, other] = [await walk(method), await walk(method, { seed: 9 })]
  await other.iterate()
  const [before, { policy, state }] = [await training.save(), await other.save()]
  expect(() => training.restore({ policy, state: { ...state, 'builder-state': state['builder-policy']! } })).toThrow()
  expect(await training.save()).toEqual(before)
})
