import type { Checkpoint, JsonObject } from '@goalpost/contracts'
import { createMemoryArtifacts } from '@goalpost/testing'
import { expect, test } from 'vitest'
import { experiments } from '../experiments/table.ts'
import { lmShift } from '../index.ts'
import { executors } from '../run.ts'
import { valueOf } from '../seed-readings.ts'
import { contextOf, executeRun, resolveOptions } from '../testing/execute-run.ts'

const withStage = (changed: JsonObject): JsonObject => ({
  experiment: 'emergent',
  network: { width: 16, heads: 2, layers: 1 },
  stages: [{ stage: 'documents', steps: 20, batch: 8, learningRate: 0.02, ...changed }],
})

async function train(changed: JsonObject) {
  const { results, contexts } = await executeRun(withStage(changed), 7)
  const updates = contexts.get('stage-1')?.sent.progress.at(-1)
  const capability = Number(valueOf(experiments.emergent.readings.capability, results.get('probe-1')?.measures ?? []))
  return { stage: results.get('stage-1'), updates, capability }
}

test('a training ends as soon as the model is so capable, and not before its planned updates', async () => {
  const plain = await train({})
  expect(plain.capability).toBeLessThan(0.8)
  const reached = await train({ until: { capability: 0.8, atMost: 400 } })
  const { done } = reached.updates ?? { done: 0 }
  expect((done - 20) % 25).toBe(0)
  expect(done).toBeLessThan(420)
  expect(reached.updates).toEqual({ done, total: done, unit: 'updates' })
  expect(reached.capability).toBeGreaterThanOrEqual(0.8)
  expect((await train({ until: { capability: 0.8, atMost: done - 45 } })).capability).toBeLessThan(0.8)
  expect((await train({ until: { capability: 0, atMost: 400 } })).stage).toEqual(plain.stage)
})

test('what is never reached ends after the updates that are allowed at most, which are those planned', async () => {
  const given = { until: { capability: 1, atMost: 30 } }
  expect((await train(given)).updates).toEqual({ done: 50, total: 50, unit: 'updates' })
  expect(lmShift.plan(resolveOptions(withStage(given)), 7)[0].work.amount).toBe(50)
})

test('a training that is stopped on the way there resumes to the same result', async () => {
  const given = withStage({ until: { capability: 0.8, atMost: 400 } })
  const [task] = lmShift.plan(resolveOptions(given), 7)
  const whole = (await executeRun(given, 7)).results.get('stage-1')
  const artifacts = createMemoryArtifacts()
  const kept: Checkpoint[] = []
  const stopped = contextOf(
    task,
    { seed: 7, done: new Map(), artifacts },
    {
      onCheckpoint(checkpoint) {
        kept.push(checkpoint)
        throw new Error('stopped')
      },
    },
  )
  await expect(executors[task.kind]!(stopped)).rejects.toThrow('stopped')
  expect(kept[0].step).toBe(100)
  const resumed = contextOf(task, { seed: 7, done: new Map(), artifacts }, { resume: kept[0] })
  expect(await executors[task.kind]!(resumed)).toEqual(whole)
})
