import type { Aggregate, ResultsView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { thinSteps } from './thin-steps.ts'

const resultsOf = (tasks: readonly string[]): ResultsView => ({
  experimentId: '01a227ab-3943-7000-8000-000000000000',
  state: 'running',
  status: 'partial',
  report: null,
  resultHash: null,
  aggregates: tasks.map((task) => ({ task }) as Aggregate),
})
const thinned = (tasks: readonly string[], maxSteps: number) => {
  const { aggregates, stride } = thinSteps(resultsOf(tasks), maxSteps)
  return { tasks: aggregates.map(({ task }) => task), stride }
}

test('of a task that is repeated too often every nth is left, with the last', () => {
  const tasks = ['train', ...Array.from({ length: 10 }, (_, index) => `evaluate@${index * 100}`)]
  expect(thinned(tasks, 4)).toEqual({
    tasks: ['train', 'evaluate@0', 'evaluate@300', 'evaluate@600', 'evaluate@900'],
    stride: 3,
  })
})

test('results with few steps stay whole', () => {
  expect(thinned(['evaluate@9', 'evaluate@10'], 2)).toEqual({ tasks: ['evaluate@9', 'evaluate@10'], stride: 1 })
  expect(thinned(['train'], 2)).toEqual({ tasks: ['train'], stride: 1 })
})

test('steps of different tasks are counted apart', () => {
  expect(thinned(['a@1', 'a@2', 'b@1'], 1).tasks).toEqual(['a@2', 'b@1'])
})
