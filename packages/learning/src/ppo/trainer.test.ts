import { createEngine } from '@goalpost/engine'
import { expect, test } from 'vitest'
import { trainCorridor } from '../../test/train-corridor.ts'

test('PPO learns to walk to the goal within seconds', async () => {
  const trainer = await trainCorridor()
  let metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeLessThan(0.8)
  for (let i = 0; i < 60; i++) metrics = await trainer.iterate()
  expect(metrics.episodes.return).toBeGreaterThan(0.95)
  expect(metrics.explainedVariance).toBeGreaterThan(0.8)
  expect(metrics.steps).toBe(61 * 256)
})

test('equal seeds give equal bytes, other seeds others', async () => {
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

test('the tensors alive stay the same over many updates, and go with the trainer', async () => {
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
