import type { ExperimentEvent, ExperimentView, ResultsView, TaskResult, TaskView } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildApi } from '../src/app.ts'
import type { ApiDependencies } from '../src/dependencies.ts'
import type { Api } from '../src/server/route-schemas.ts'
import { createSharedRead } from '../src/routes/events/shared-read.ts'
import { createStandingReader } from '../src/routes/events/read-standing.ts'
import { createVersionPoll } from '../src/routes/events/version-poll.ts'
import { watchExperiment } from '../src/routes/events/watch-experiment.ts'
import { bearer, createDependencies, spec, startTestService, toyEngines, type TestService } from './harness.ts'
import { drain, queuedJobs } from './play-worker.ts'

let service: TestService
let deps: ApiDependencies
let closeDependencies: () => Promise<void>
let api: Api
let headers: Record<string, string>
let key: string
let experiment: ExperimentView
let claim: Claim
let nowMs = 0

const reports = vi.fn<() => void>()
const reads = vi.fn<() => void>()
const readsOfChanges = vi.fn<() => void>()
const url = () => `/v1/experiments/${experiment.id}/results`
const progress = (done: number) => service.store.ledger.recordProgress(claim, { done, total: 9, unit: 'steps' })
const score = async ({ seed }: TaskView): Promise<TaskResult> => ({
  measures: [{ name: 'score', labels: {}, value: seed ?? 0, count: 1 }],
  artifacts: [],
})

beforeAll(async () => {
  service = await startTestService()
  key = await service.createKey('default', 'manage')
  headers = bearer(key)
  const own = await createDependencies(service.store, service.databaseUrl)
  closeDependencies = own.close
  const { compute, experiments } = own.deps
  deps = {
    ...own.deps,
    now: () => nowMs,
    settings: { ...own.deps.settings, eventPollMs: 1, progressIntervalMs: 2_000 },
    compute: { ...compute, run: (...job) => (reports(), compute.run(...job)) },
    experiments: {
      ...experiments,
      get: (...which) => (reads(), experiments.get(...which)),
      events: (...which) => (readsOfChanges(), experiments.events(...which)),
    },
  }
  api = await buildApi(deps)
  experiment = (await api.inject({ method: 'POST', url: '/v1/experiments', headers, payload: spec })).json()
  // One of four trainings is done, and another one is running.
  const [first, second] = experiment.runs.map(({ tasks }) => tasks.find(({ kind }) => kind === 'train')?.id)
  await drain(service, { id: experiment.id, key, finish: score, only: ({ id }) => id === first })
  const job = (await queuedJobs(service)).find(({ taskId }) => taskId === second)
  const outcome = await service.store.ledger.claim(job ?? { taskId: '', epoch: 0 }, {
    id: 'worker',
    leaseMs: 60_000,
    engines: toyEngines,
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  claim = outcome.claim
})
beforeEach(() => {
  reports.mockClear()
  reads.mockClear()
  readsOfChanges.mockClear()
})
afterAll(async () => {
  await api.close()
  await closeDependencies()
  await service.close()
})

describe('polling results while tasks train', () => {
  test('computes one report for concurrent requests, and no other one for mere progress', async () => {
    const polls = await Promise.all(Array.from({ length: 5 }, () => api.inject({ url: url(), headers })))
    for (const done of [1, 2, 3]) {
      await progress(done)
      polls.push(await api.inject({ url: url(), headers }))
    }
    const views = polls.map((poll) => poll.json<ResultsView>())
    expect(views[0]).toMatchObject({ status: 'partial', report: { title: 'Report on first' } })
    for (const view of views) expect(view).toEqual(views[0])
    expect([reports.mock.calls.length, reads.mock.calls.length]).toEqual([1, 1])
  })

  test('answers 304 to a client that has them, until a task changes', async () => {
    const { etag } = (await api.inject({ url: url(), headers })).headers
    const poll = async () =>
      (await api.inject({ url: url(), headers: { ...headers, 'if-none-match': etag } })).statusCode
    await progress(4)
    expect(await poll()).toBe(304)
    await service.store.ledger.recordCheckpoint(claim, { step: 4, parts: [] })
    expect(await poll()).toBe(200)
  })

  test('reuses the report if an event did not change the evidence, and computes another for a new result', async () => {
    await api.inject({ url: url(), headers })
    reports.mockClear()
    await service.store.ledger.recordCheckpoint(claim, { step: 5, parts: [] })
    await api.inject({ url: url(), headers })
    expect(reports).not.toHaveBeenCalled()
    const only = ({ kind }: TaskView): boolean => kind === 'evaluate'
    await drain(service, { id: experiment.id, key, finish: score, only })
    const { aggregates } = (await api.inject({ url: url(), headers })).json<ResultsView>()
    expect(reports).toHaveBeenCalledTimes(1)
    expect(aggregates.map(({ task }) => task)).toContain('evaluate')
  })
})

describe('watching while tasks train', () => {
  test('reads once for all watchers, once per interval of mere progress, and at once when a state changes', async () => {
    const readStanding = createStandingReader(deps)
    const pollVersion = createVersionPoll(deps.experiments, 20)
    const shareChanges = createSharedRead<readonly ExperimentEvent[]>()
    const calledOff = new AbortController()
    const watch = { workspaceId: await workspace(), experimentId: experiment.id, after: 0, signal: calledOff.signal }
    const shown = [0, 0, 0]
    const watching = shown.map(async (_, watcher) => {
      for await (const message of watchExperiment({ ...deps, readStanding, pollVersion, shareChanges }, watch))
        if (message.startsWith('event: progress')) shown[watcher] = JSON.parse(message.split('data: ')[1]!).revision
    })
    const latest = async () => (await deps.experiments.version(watch.workspaceId, experiment.id))!.revision
    const allShow = (revision: number) =>
      vi.waitFor(() => expect(shown).toEqual(shown.map(() => revision)), { timeout: 10_000 })
    const begun = await latest()
    await allShow(begun)
    expect(reads).toHaveBeenCalledTimes(1)

    await progress(6)
    const further = await readStanding(watch.workspaceId, experiment.id, { revision: await latest(), sequence: 0 })
    expect([further?.revision, reads.mock.calls.length]).toEqual([begun, 1])
    nowMs += 2_000
    await allShow(await latest())
    expect(reads).toHaveBeenCalledTimes(2)

    await progress(7)
    await service.store.ledger.recordCheckpoint(claim, { step: 7, parts: [] })
    await allShow(await latest())
    expect(reads.mock.calls.length).toBeLessThanOrEqual(3)
    // Three watchers: each for itself would read three times as often.
    expect(readsOfChanges.mock.calls.length).toBeLessThan(2 * reads.mock.calls.length)
    calledOff.abort()
    await Promise.all(watching)
  })
})

const workspace = () => service.store.workspaces.ensure('default')
