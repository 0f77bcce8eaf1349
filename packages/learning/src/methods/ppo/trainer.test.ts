import { createEngine } from '@goalpost/engine'
import { expect, test } from 'vitest'
import { smallOptions, trainCorridor } from '../../../test/train-corridor.ts'
import { learningRateAt } from './trainer.ts'

test('PPO learns to walk to the goal within seconds', async () => {
  const trainer = await trainCorridor()
  let metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeLessThan(0.8)
  for (let i = 0; i < 60; i++) metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeGreaterThan(0.95)
  expect(metrics.explainedVariance).toBeGreaterThan(0.8)
  expect(metrics.steps).toBe(61 * 256)
})

test('equal seeds give equal bytes, other seeds give others', async () => {
  const bytes = async (seed: number) => {
    const trainer = await trainCorridor({ seed })
    for (let i = 0; i < 3; i++) await trainer.iterate()
    return trainer.save()
  }
  expect(await bytes(7)).toEqual(await bytes(7))
  expect((await bytes(8)).policy).not.toEqual((await bytes(7)).policy)
})

test.each([0, 1, 3])('a training saved after %i iterations and restored ends with the same bytes', async (at) => {
  const undisturbed = await trainCorridor({ options: { schedule: 'linear', totalSteps: 2000 } })
  for (let i = 0; i < at; i++) await undisturbed.iterate()
  const parts = await undisturbed.save()
  const resumed = await trainCorridor({ options: { schedule: 'linear', totalSteps: 2000 } })
  await resumed.iterate()
  resumed.restore(parts)
  expect(resumed.stepsDone()).toBe(undisturbed.stepsDone())
  for (let i = 0; i < 3; i++) expect(await resumed.iterate()).toEqual(await undisturbed.iterate())
  expect(await resumed.save()).toEqual(await undisturbed.save())
})

test('the number of tensors is constant over many updates, and all go with the trainer', async () => {
  const engine = await createEngine('tfjs:wasm')
  const before = engine.memory()
  const trainer = await trainCorridor({ engine })
  await trainer.iterate()
  const early = engine.memory()
  for (let i = 0; i < 20; i++) await trainer.iterate()
  expect(engine.memory()).toEqual(early)
  trainer.dispose()
  expect(engine.memory()).toEqual(before)
})

test('a convolutional network also learns, saves and resumes', async () => {
  const network = { kind: 'conv', channels: [4, 4], dense: 8, activation: 'relu', crop: 0 } as const
  const trainer = await trainCorridor({ network })
  for (let i = 0; i < 2; i++) await trainer.iterate()
  const resumed = await trainCorridor({ network })
  resumed.restore(await trainer.save())
  expect(await resumed.iterate()).toEqual(await trainer.iterate())
  expect(await resumed.parameters()).toEqual(await trainer.parameters())
  let metrics = await trainer.iterate()
  for (let i = 0; i < 40; i++) metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeGreaterThan(0.9)
})

test('a seed determines only levels, draws and order of samples: cut values change learning, not play', async () => {
  const first = await trainCorridor({ options: { bootstrapTruncated: true } })
  const second = await trainCorridor({ options: { bootstrapTruncated: false } })
  const [a, b] = [await first.iterate(), await second.iterate()]
  expect(a.episodes).toEqual(b.episodes)
  expect(await first.parameters()).not.toEqual(await second.parameters())
})

test('non-finite numbers end the training with their own code', async () => {
  const trainer = await trainCorridor({ options: { learningRate: 1e30 } })
  const train = async () => {
    for (let i = 0; i < 5; i++) await trainer.iterate()
  }
  await expect(train()).rejects.toMatchObject({
    code: 'not-finite',
    message: expect.stringContaining('is not finite after'),
  })
})

test('the event loop runs between updates, and a rejected yield ends the iteration', async () => {
  let yields = 0
  const cancelled = new Error('cancelled')
  const trainer = await trainCorridor({
    yieldToEventLoop: async () => {
      yields += 1
      if (yields > 7) throw cancelled
    },
  })
  await trainer.iterate()
  // One for the rollout of 16 steps, one for each of 2 × 2 updates.
  expect(yields).toBe(5)
  await expect(trainer.iterate()).rejects.toBe(cancelled)
})

test('options and snapshots that do not fit are refused', async () => {
  await expect(trainCorridor({ options: { minibatches: 3 } })).rejects.toThrow('cannot be divided into 3 minibatches')
  const large = await trainCorridor({ options: { environments: 32 } })
  const small = await trainCorridor()
  const parts = await large.save()
  expect(() => small.restore(parts)).toThrow('another size')
  expect(() => small.restore({ policy: parts.training, training: parts.policy })).toThrow(
    'it holds ppo-training, not policy',
  )
})

test('the linear schedule ends at zero', () => {
  const options = { ...smallOptions, learningRate: 0.4, totalSteps: 100 }
  expect(learningRateAt({ ...options, schedule: 'linear' }, 25)).toBeCloseTo(0.3, 12)
  expect(learningRateAt({ ...options, schedule: 'linear' }, 125)).toBe(0)
  expect(learningRateAt({ ...options, schedule: 'constant' }, 125)).toBe(0.4)
})
