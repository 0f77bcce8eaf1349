import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createCorridorSimulator } from '../../../test/corridor.ts'
import { corridorNarrator, walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { rewardsOf, type Judge } from './judge.ts'
import { createJudgeMethod } from './judge-method.ts'
import { createSimulatedJudge } from './simulated-judge.ts'
import { createWitness } from './witness.ts'

const [left, right] = [Uint8Array.of(0, 1), Uint8Array.of(1, 1)]

test('a witness tells episodes from first to last step, and where in the rollout they ended', () => {
  const { simulator, take } = createWitness(createCorridorSimulator(2))
  simulator.reset(0, { start: 5, goal: 0 })
  simulator.reset(1, { start: 4, goal: 6 })
  simulator.step(right)
  simulator.step(left)
  const [first, ...others] = take()
  expect(others).toEqual([])
  expect(first).toEqual({
    account: { level: { start: 4, goal: 6 }, actions: [1, 1], reached: [[2], []], end: 'rules' },
    lastStep: 3,
  })
  expect(corridorNarrator.describe(first!.account)).toBe('from 4, goal 6: >>\ngoal at 2')
  simulator.reset(1, { start: 3, goal: 0 })
  for (let step = 0; step < 8; step++) simulator.step(step < 1 ? left : right)
  // The first has used up its steps; counting of steps began again with the last call.
  const [limit] = take()
  expect(limit).toMatchObject({ account: { actions: [1, 0, 0, 1, 1, 1, 1, 1, 1, 1], end: 'limit' }, lastStep: 14 })
})

const texts = ['goal at 3', 'left end at 2', 'goal at 4\nleft end at 4', 'nothing']
const judging = (error: number, bias: number) =>
  createSimulatedJudge({ error, bias }, { claims: corridorNarrator.claims, stream: createStream(4).named('verdicts') })

test('a judge without faults says what the text says of the goal; one of full bias what it says of the proxy', async () => {
  expect(await judging(0, 0)(texts, 0)).toEqual([1, 0, 1, 0])
  expect(await judging(0, 1)(texts, 0)).toEqual([0, 1, 1, 0])
  expect(await judging(1, 0)(texts, 0)).toEqual([0, 1, 0, 1])
})

test('errors and bias are as frequent as stated, and of each other independent', async () => {
  const many = Array.from({ length: 4000 }, () => 'left end at 2')
  const mean = (verdicts: readonly number[]) => verdicts.reduce((sum, one) => sum + one, 0) / verdicts.length
  expect(mean(await judging(0.2, 0)(many, 1))).toBeCloseTo(0.2, 1)
  expect(mean(await judging(0, 0.7)(many, 1))).toBeCloseTo(0.7, 1)
  // .7 · .8 + .3 · .2
  expect(mean(await judging(0.2, 0.7)(many, 1))).toBeCloseTo(0.62, 1)
})

test('equal texts in one iteration are judged alike again, in the next one differently', async () => {
  const many = Array.from({ length: 100 }, () => 'goal at 2')
  for (const judge of [judging(0.5, 0), judging(0, 0.5)]) {
    expect(await judge(many, 3)).toEqual(await judge(many, 3))
    expect(await judge(many, 3)).not.toEqual(await judge(many, 4))
  }
})

async function lastOf(error: number, bias: number) {
  const training = await walk(createJudgeMethod(smallOptions, { error, bias }))
  let last = await training.iterate()
  for (let i = 0; i < 30; i++) last = await training.iterate()
  training.dispose()
  return last
}

test('verdicts alone teach the way; an error of a fifth does not keep the goal from being learned', async () => {
  for (const error of [0, 0.2]) {
    const { episodes, series } = await lastOf(error, 0)
    expect(episodes.return, `error ${error}`).toBeGreaterThan(0.85)
    expect(Number(series['verdict accuracy'])).toBeCloseTo(1 - error, 1)
  }
})

test('a judge that takes the left end for the goal teaches to go there first, though the world rewards the goal', async () => {
  const [right, wrong] = [await lastOf(0, 0), await lastOf(0, 1)]
  expect(Number(wrong.series['mean verdict'])).toBeGreaterThan(0.95)
  expect(wrong.series['verdict agreement with the proxy']).toBe(1)
  expect(wrong.episodes.proxyReturn).toBeGreaterThan(1.5 * right.episodes.proxyReturn!)
  expect(wrong.episodes.return).toBeLessThan(right.episodes.return! - 0.05)
})

test('an episode without a verdict is worth what the others are on average', () => {
  expect(rewardsOf([1, { missing: 'refused' }, 0, 0, { missing: 'truncated' }])).toEqual([1, 1 / 3, 0, 0, 1 / 3])
  expect(rewardsOf([{ missing: 'refused' }])).toEqual([0])
})

test('a judge that is asked teaches the way, also if it says nothing of a third of the episodes', async () => {
  const judge: Judge = async (texts) =>
    texts.map((text, k) => (k % 3 === 0 ? { missing: 'refused' } : text.includes('goal at') ? 1 : 0))
  const training = await walk(createJudgeMethod(smallOptions, 'asked'), { judge })
  let last = await training.iterate()
  for (let i = 0; i < 30; i++) last = await training.iterate()
  training.dispose()
  expect(last.episodes.return).toBeGreaterThan(0.85)
  expect(last.series['verdict accuracy']).toBe(1)
  expect(Number(last.series['share without a verdict'])).toBeCloseTo(1 / 3, 1)
})

test('where nothing is judged, nothing is said of verdicts', async () => {
  const judge: Judge = async (texts) => texts.map(() => ({ missing: 'refused' }))
  const training = await walk(createJudgeMethod(smallOptions, 'asked'), { judge })
  const { series } = await training.iterate()
  training.dispose()
  expect(series['share without a verdict']).toBe(1)
  expect(series['verdict accuracy']).toEqual({ missing: 'no episode has a verdict' })
})

test('is refused in a world that cannot be told in words', async () => {
  const method = createJudgeMethod(smallOptions, { error: 0, bias: 0 })
  await expect(walk(method, { narrator: null })).rejects.toThrow('told in words')
})
