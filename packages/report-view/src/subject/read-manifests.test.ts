import { GoalpostError, type Manifest, type TaskSummary } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { readManifests } from './read-manifests.ts'

const machine: Manifest = {
  codeRevision: 'c0ffee',
  packages: {},
  engine: null,
  node: '24.0.0',
  host: 'a',
  cpu: { model: 'Some processor', features: [] },
  wallMs: 1,
}

const task = (id: string, state: TaskSummary['state'] = 'succeeded'): TaskSummary => ({
  id,
  key: id,
  kind: 'evaluate',
  state,
  attempts: 1,
  reused: false,
  failure: null,
  progress: null,
})

function experimentOf(tasks: readonly TaskSummary[]) {
  const run = {
    id: 'r',
    experimentId: 'e',
    condition: 'c',
    seed: 0,
    state: 'succeeded',
    progress: null,
    resultHash: null,
  }
  return { runs: [{ ...run, state: 'succeeded' as const, tasks: [...tasks] }], sharedTasks: tasks.slice(0, 3) }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => task(`task ${index}`))

test('provenance covers every task, however many there are, and shared ones once', async () => {
  const asked: string[] = []
  const answer = async (id: string) => {
    asked.push(id)
    return { manifest: { ...machine, host: id, wallMs: asked.length } }
  }
  const { manifests, manifestsLeftOut } = await readManifests({ task: answer }, experimentOf(numbered(1_260)))
  expect(manifests.map(({ tasks }) => tasks)).toEqual([1_260])
  expect(manifestsLeftOut).toBe(0)
  expect(new Set(asked).size).toBe(asked.length)
})

test('omitted tasks are counted: those beyond the limit, and those without a manifest', async () => {
  const answer = async (id: string) => ({ manifest: id === 'task 0' ? null : machine })
  const { manifests, manifestsLeftOut } = await readManifests({ task: answer }, experimentOf(numbered(20)), 15)
  expect(manifests.map(({ tasks }) => tasks)).toEqual([14])
  expect(manifestsLeftOut).toBe(6)
})

test('tasks without a computation are not part of it, and other machines are separate', async () => {
  const tasks = [task('a'), task('b'), task('c', 'failed')]
  const answer = async (id: string) => ({ manifest: { ...machine, node: id === 'a' ? '24.0.0' : '24.1.0' } })
  const { manifests, manifestsLeftOut } = await readManifests({ task: answer }, experimentOf(tasks))
  expect(manifests.map(({ tasks: count, manifest }) => [count, manifest.node])).toEqual([
    [1, '24.0.0'],
    [1, '24.1.0'],
  ])
  expect(manifestsLeftOut).toBe(0)
})

test('after the rate limit no more requests are sent, and the unanswered ones are counted', async () => {
  let asked = 0
  const answer = async () => {
    if (++asked > 20) throw new GoalpostError('too-many-requests', 'At most 20 requests per minute')
    return { manifest: machine }
  }
  const { manifests, manifestsLeftOut } = await readManifests({ task: answer }, experimentOf(numbered(300)))
  expect(manifests.map(({ tasks }) => tasks)).toEqual([20])
  expect(manifestsLeftOut).toBe(280)
  expect(asked).toBeLessThan(40)
})

test('any other failure is reported: nothing is omitted silently', async () => {
  const answer = async () => {
    throw new GoalpostError('unavailable', 'Nothing answers')
  }
  await expect(readManifests({ task: answer }, experimentOf(numbered(3)))).rejects.toThrow('Nothing answers')
})
