import type { RunView, TaskSummary } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { readTraining } from './read-training.ts'

function taskOf(id: string, kind: TaskSummary['kind']): TaskSummary {
  const progress = { done: 5, total: 5, unit: kind === 'train' ? 'environment steps' : 'suites' }
  return { id, key: id, kind, state: 'succeeded', attempts: 1, reused: false, progress, failure: null }
}

function runOf(condition: string, seed: number): RunView {
  const tasks = [taskOf(`evaluate ${condition} ${seed}`, 'evaluate'), taskOf(`train ${condition} ${seed}`, 'train')]
  return { id: 'r', experimentId: 'e', condition, seed, state: 'succeeded', progress: null, tasks, resultHash: null }
}

const curve = { name: 'loss', labels: {}, points: [{ x: 1, value: 2 }] }
const series = async (taskId: string) => ({ taskId, series: [curve], stride: 1 })

test('curves are those of trainings, by condition and seed, in the unit of trainings', async () => {
  const runs = [runOf('a', 0), runOf('a', 1), runOf('b', 0)]
  const training = await readTraining({ series }, { runs })
  expect(training.runs.map(({ condition, seed }) => `${condition} ${seed}`)).toEqual(['a 0', 'a 1', 'b 0'])
  expect(training).toMatchObject({ unit: 'environment steps', leftOut: 0 })
})

test('runs beyond the limit are counted as left out', async () => {
  const runs = Array.from({ length: 7 }, (_, seed) => runOf('a', seed))
  const training = await readTraining({ series }, { runs }, 5)
  expect(training.runs).toHaveLength(5)
  expect(training.leftOut).toBe(2)
})
