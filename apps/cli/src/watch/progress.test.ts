import type { RunView, TaskSummary } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { summariseProgress } from './progress.ts'

function task(id: string, kind: TaskSummary['kind'], state: TaskSummary['state']): TaskSummary {
  return { id, key: id, kind, state, attempts: 1, reused: false, progress: null, failure: null }
}

function run(seed: number, tasks: TaskSummary[], state: RunView['state'] = 'running'): RunView {
  return { id: String(seed), experimentId: 'x', condition: 'a', seed, state, progress: null, tasks, resultHash: null }
}

function phases(...runs: RunView[]) {
  const view = { name: 'x', state: 'running' as const, runs, sharedTasks: [], notices: [] }
  return summariseProgress(view).runs.map(({ phase }) => phase)
}

test('a run with a finished training and a waiting evaluation is trained', () => {
  const trained = [task('train', 'train', 'succeeded'), task('evaluate', 'evaluate', 'queued')]
  const training = [task('other', 'train', 'running'), task('later', 'evaluate', 'blocked')]
  expect(phases(run(0, trained), run(1, training))).toEqual(['trained', 'working'])
})

test('runs that wait for a shared task are not at work, the one that trains meanwhile is', () => {
  const reference = task('reference', 'evaluate', 'running')
  const waiting = (seed: number) => run(seed, [reference, task(`train ${seed}`, 'train', 'ready')])
  const training = run(3, [reference, task('train 3', 'train', 'running')])
  expect(phases(waiting(1), waiting(2), training)).toEqual(['shared', 'shared', 'working'])
})

test('a run without a running task waits, and an ended one has its final state', () => {
  const queued = [task('train', 'train', 'queued')]
  expect(phases(run(0, queued), run(1, [], 'failed'), run(2, [], 'succeeded'))).toEqual([
    'waiting',
    'failed',
    'succeeded',
  ])
})
