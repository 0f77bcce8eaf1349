import { stay } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { judgeActions } from '../../rollout/judge-steps.ts'
import { createProcessSupervisionMethod } from './process-supervision-method.ts'

const create = (outcome: boolean) =>
  createProcessSupervisionMethod(smallOptions, { judge: 'true-oracle', weight: 0.1, outcome })

test('steps unlike the judge’s cost, and where it stands still nothing does', () => {
  const asked: number[] = []
  const policy = {
    act(actions: Uint8Array, uniform: (slot: number) => number) {
      actions.set([0, 1, stay])
      asked.push(uniform(2))
    },
  }
  const judging = { policy, weight: 0.25, outcome: false, uniform: createStream(3) }
  const rewards = judgeActions(judging, Uint8Array.of(0, 0, 1), { counter: 5, actionCount: 2 })
  expect(rewards).toEqual(Float32Array.of(0, -0.25, 0))
  expect(asked).toEqual([createStream(3).uniform(5, 2)])
})

test('a judge of single steps teaches the way without any reward for the end', async () => {
  const training = await walk(create(false))
  const first = await training.iterate()
  let last = first
  for (let i = 0; i < 30; i++) last = await training.iterate()
  expect(first.episodes.return).toBeLessThan(0.7)
  expect(last.episodes.return).toBeGreaterThan(0.9)
})

test('a judge with the wrong goal teaches the wrong way, whatever the world rewards', async () => {
  const wrong = { act: (actions: Uint8Array) => actions.fill(0) }
  const method = create(false)
  const training = await walk(method, { demonstrator: () => wrong })
  let last = await training.iterate()
  for (let i = 0; i < 30; i++) last = await training.iterate()
  // Everybody walks to the left end, where half of the goals are.
  expect(last.episodes.return).toBeGreaterThan(0.35)
  expect(last.episodes.return).toBeLessThan(0.65)
})

test('is refused in a world without oracles', async () => {
  await expect(walk(create(true), { expert: null })).rejects.toThrow('no demonstrator')
})
