import type { TaskSummary } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { failureSentence, taskFailures } from './task-failures.ts'

let ids = 0
function task(key: string, message: string | null, attempts = 1): TaskSummary {
  const failure = message === null ? null : { code: 'task-failed' as const, message }
  const state = message === null ? 'succeeded' : 'failed'
  return { id: String(ids++), key, kind: key, state, attempts, reused: false, progress: null, failure }
}

function run(condition: string, seed: number, ...tasks: TaskSummary[]) {
  const own = { id: String(ids++), experimentId: 'e', state: 'failed', progress: null, resultHash: null } as const
  return { ...own, condition, seed, tasks }
}

test('a reason is said once, with the first task that has it and how many have it', () => {
  const runs = [
    run('base', 1, task('train', 'disk full'), task('evaluate', 'no memory')),
    run('base', 2, task('train', null), task('evaluate', 'no memory')),
  ]
  expect(taskFailures({ runs, sharedTasks: [] }).map(failureSentence)).toEqual([
    'evaluate of base, seed 1, and 1 more task failed: no memory',
    'train of base, seed 1 failed: disk full',
  ])
})

test('a task that several runs share is one, and belongs to none of them', () => {
  const import_ = task('import', 'the weights are missing')
  const runs = [run('base', 1, import_), run('base', 2, import_)]
  expect(taskFailures({ runs, sharedTasks: [import_] }).map(failureSentence)).toEqual([
    'import failed: the weights are missing',
  ])
})

test('tasks that could not start are left out beside those that failed', () => {
  const runs = [run('base', 1, task('train', 'no memory'), task('evaluate', 'its needs are gone', 0))]
  expect(taskFailures({ runs, sharedTasks: [] })).toMatchObject([{ message: 'no memory', tasks: 1 }])
  const alone = [run('base', 1, task('evaluate', 'its needs are gone', 0))]
  expect(taskFailures({ runs: alone, sharedTasks: [] })).toMatchObject([{ message: 'its needs are gone' }])
})

test('what has not failed in the end has no reason', () => {
  const retried = { ...task('train', 'lost'), state: 'ready' as const }
  expect(taskFailures({ runs: [run('base', 1, retried)], sharedTasks: [] })).toEqual([])
})
