import { expect, test } from 'vitest'
import { mlp, run, walk } from '../../../test/method-conformance.ts'
import { corridorTools } from '../../../test/corridor-tools.ts'
import { smallOptions, trainCorridor } from '../../../test/train-corridor.ts'
import { createAccelMethod, defaultAccelOptions } from '../accel/accel-method.ts'
import { createPlrMethod, defaultPlrOptions } from '../plr/plr-method.ts'
import { regretEstimates, type RegretEstimate } from './regret.ts'

const plr = (regret: RegretEstimate) => createPlrMethod(smallOptions, { ...defaultPlrOptions, bufferSize: 40, regret })
const accel = () => createAccelMethod(smallOptions, { ...defaultAccelOptions, bufferSize: 40 })

test('nothing is learned from a rollout that is only played', async () => {
  const [one, other] = [await trainCorridor(), await trainCorridor()]
  const before = await one.parameters()
  const optimizer = (await one.save()).policy
  await one.playFromStart()
  expect(await one.parameters()).toEqual(before)
  expect((await one.save()).policy).toEqual(optimizer)
  await other.iterate()
  expect(await other.parameters()).not.toEqual(before)
  expect([one.stepsDone(), one.stepsPlayed(), other.stepsDone(), other.stepsPlayed()]).toEqual([0, 256, 256, 256])
})

test('every rollout of a curriculum starts new episodes, with actions of its own', async () => {
  const trainer = await trainCorridor()
  const first = (await trainer.playFromStart()).actions.slice()
  const episodes = trainer.episodesBegun()
  const second = (await trainer.playFromStart()).actions.slice()
  expect(second).not.toEqual(first)
  expect(trainer.episodesBegun().every((begun, slot) => begun > episodes[slot]!)).toBe(true)
})

test('steps are those learned from; all steps played are in the series', async () => {
  const training = await walk(accel())
  const iterations = [await training.iterate(), await training.iterate(), await training.iterate()]
  expect(iterations.map(({ steps }) => steps)).toEqual([256, 512, 768])
  const played = iterations.map(({ series }) => Number(series['environment steps played']))
  // After every replay at least one batch is mutated.
  expect(played[2]).toBeGreaterThanOrEqual(256 * 5)
  expect(played.every((steps) => steps % 256 === 0)).toBe(true)
})

test.each(Object.keys(regretEstimates) as RegretEstimate[])('trains with the estimate %s', async (regret) => {
  const training = await walk(plr(regret))
  const { series } = await training.iterate()
  expect(series['largest score']).toBeGreaterThan(0)
  const favourites = training.favouriteLevels(3)!
  expect(favourites.map(({ score }) => score)).toEqual(favourites.map(({ score }) => score).toSorted((a, b) => b - a))
  expect(favourites.every(({ replays }) => replays > 0)).toBe(true)
})

test('shares of the series are those of the levels', async () => {
  const training = await walk(createPlrMethod(smallOptions, { ...defaultPlrOptions, bufferSize: 40 }), {
    // Two different levels, one of each kind; both can be solved.
    levelOf: (index) => ({ start: 3, goal: index % 4 === 0 ? 6 : 0 }),
  })
  const { series } = await training.iterate()
  expect(series['distinguishing levels in buffer']).toBe(0.25)
  expect(series['duplicate levels in buffer']).toBe(0.95)
  expect(series['solvable levels in buffer']).toBe(1)
  expect(series['mutated levels in batch']).toBe(0)
})

test('refuses worlds without episodes, solver or edits', async () => {
  await expect(run(plr('max-latest'), mlp)).rejects.toThrow('plr needs episodes that end')
  const blind = { ...corridorTools, optimum: null, design: null }
  await expect(walk(plr('oracle-latest'), { tools: blind })).rejects.toThrow('oracle-latest needs a solver')
  await expect(walk(accel(), { tools: blind })).rejects.toThrow('accel needs edits of levels')
})
