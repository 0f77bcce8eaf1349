import { expect, test } from 'vitest'
import { sampleTasks } from './sample-tasks.ts'

type Run = Parameters<typeof sampleTasks>[0]['runs'][number]

const id = (last: number) => `01a22b87-9021-7398-bcd3-00000000000${last}`
const task = (last: number, kind: string, state: 'succeeded' | 'running' = 'succeeded'): Run['tasks'][number] => ({
  id: id(last),
  key: `${kind}-${last}`,
  kind,
  state,
  attempts: 1,
  reused: false,
  progress: null,
  failure: null,
})
const run = (condition: string, seed: number, tasks: Run['tasks']): Run => ({
  id: id(0),
  experimentId: id(0),
  condition,
  seed,
  state: 'running',
  progress: null,
  resultHash: null,
  tasks,
})

test('only tasks that have succeeded and store samples are listed, by condition', () => {
  const runs = [
    run('a', 0, [task(1, 'train'), task(2, 'probe')]),
    run('b', 0, [task(3, 'probe', 'running')]),
    run('a', 1, [task(4, 'probe')]),
  ]
  expect(sampleTasks({ runs }, ['probe'])).toEqual([
    {
      condition: 'a',
      tasks: [
        { id: id(2), name: 'seed 0' },
        { id: id(4), name: 'seed 1' },
      ],
    },
  ])
  expect(sampleTasks({ runs }, [])).toEqual([])
})

test('several tasks of one run are told apart by their keys', () => {
  const runs = [run('a', 0, [task(1, 'probe'), task(2, 'probe')])]
  const [{ tasks } = { tasks: [] }] = sampleTasks({ runs }, ['probe'])
  expect(tasks.map(({ name }) => name)).toEqual(['seed 0, probe-1', 'seed 0, probe-2'])
})
