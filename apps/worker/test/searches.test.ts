import { randomUUID } from 'node:crypto'
import { analysisKind, GoalpostError, type JsonObject } from '@goalpost/contracts'
import { analysisEvidence, buildReport, serviceActor, type DispatchedJob } from '@goalpost/experiments'
import { createStore, migrate, type Store } from '@goalpost/store'
import { prepareExperiment } from '@goalpost/submission'
import { createMemoryArtifacts, someManifest, startTestDatabase, type TestDatabase } from '@goalpost/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advanceSearches, type SearchDependencies, type SearchNote } from '../src/searches/advance-searches.ts'
import { createSetbacks } from '../src/searches/setbacks.ts'
import { engineFor } from './drill-planner.ts'
import { rampProtocol } from './ramp-protocol.ts'

let database: TestDatabase
let store: Store
let deps: SearchDependencies
let notes: SearchNote[]
let workspace: string
let name: string

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  store = createStore({ url: database.url, poolSize: 3 })
  const planner = { protocols: new Map([['ramp', rampProtocol]]), engineFor, saltHash: null }
  const report = (note: SearchNote) => void notes.push(note)
  const artifacts = createMemoryArtifacts()
  deps = {
    ...store,
    planner,
    artifacts,
    waiting: new Map(),
    foreign: new Set(),
    setbacks: createSetbacks(() => 0),
    report,
  }
})
beforeEach(async () => {
  notes = []
  name = randomUUID()
  workspace = await store.workspaces.ensure(name)
})
afterAll(async () => {
  await store.close()
  await database.close()
})

const worker = {
  id: 'worker',
  host: 'here',
  codeRevision: 'test',
  cores: 2,
  queues: [{ device: 'cpu' as const, slots: 100 }],
  engines: [{ name: 'tfjs:wasm', build: '1', device: 'cpu' as const, deviceName: null }],
}

async function submit(change: JsonObject = {}): Promise<string> {
  const spec = {
    apiVersion: 'goalpost/v1',
    protocol: 'ramp',
    name: 'ramp',
    seeds: 3,
    search: { over: 'rate', between: [0.001, 1], width: 2 },
    ...change,
  }
  const prepared = prepareExperiment(spec, deps.planner)
  const outcome = await store.experiments.create(workspace, { spec, ...prepared, idempotency: null })
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.id
}

type Working = { readonly threshold?: number; readonly failing?: (rate: number, seed: number) => boolean }

/** Runs tasks until none is ready: the height is above the line from the threshold on. */
async function work({ threshold = 0.02, failing = () => false }: Working = {}): Promise<void> {
  await store.workers.announce(worker)
  for (let jobs = await dispatchAll(); jobs.length > 0; jobs = await dispatchAll()) {
    for (const job of jobs) {
      const outcome = await store.ledger.claim(job, { id: worker.id, leaseMs: 60_000, engines: worker.engines })
      if (!outcome.ok) throw new Error(outcome.reason)
      const { claim, assignment } = outcome
      const { kind, inputs, seed } = assignment
      if (kind === analysisKind) {
        const report = buildReport(rampProtocol, { ...analysisEvidence(assignment), artifacts: new Map() })
        await store.ledger.complete(claim, { measures: [], artifacts: [], report }, someManifest)
      } else if (failing(Number(inputs['rate']), Number(seed))) {
        await store.ledger.fail(claim, { code: 'not-finite', message: 'it did' })
      } else {
        const value = (Number(inputs['rate']) < threshold ? 0.1 : 0.9) + Number(seed) / 1000
        await store.ledger.complete(
          claim,
          { measures: [{ name: 'height', labels: {}, value }], artifacts: [] },
          someManifest,
        )
      }
    }
  }
}

async function dispatchAll(): Promise<DispatchedJob[]> {
  const jobs: DispatchedJob[] = []
  await store.dispatcher.dispatch(100, async (added) => void jobs.push(...added))
  return jobs
}

/** A worker of another release. */
const another = (planner: Partial<SearchDependencies['planner']>): SearchDependencies => ({
  ...deps,
  planner: { ...deps.planner, ...planner },
  foreign: new Set(),
})

const withProtocol = (change: Partial<typeof rampProtocol>): SearchDependencies =>
  another({ protocols: new Map([['ramp', { ...rampProtocol, ...change }]]) })

const read = async (id: string) => (await store.experiments.get(workspace, id))!
const namesOf = async (id: string) => (await read(id)).resolved.conditions.map(({ name: condition }) => condition)

/** Works and steps until nothing is due. */
async function finish(working: Working = {}): Promise<void> {
  do await work(working)
  while ((await advanceSearches(deps)) > 0)
  await work(working)
}

describe('a search', () => {
  it('runs on between its rounds, and has its analysis and its hash at its end', async () => {
    const id = await submit()
    const outlook = store.watchWork(() => undefined)
    expect(await outlook.look()).toMatchObject({ searches: false })
    expect(await advanceSearches(deps)).toBe(0)
    await work()
    expect(await outlook.look()).toMatchObject({ searches: true })
    await outlook.close()
    expect(await read(id)).toMatchObject({ state: 'running', searching: true, resultHash: null, sharedTasks: [] })
    expect(await advanceSearches(deps)).toBe(1)
    expect(await namesOf(id)).toEqual(['rate=0.001', 'rate=0.00562', 'rate=0.0316', 'rate=1'])
    // Its tasks have not ended.
    expect(await advanceSearches(deps)).toBe(0)
    await finish()
    const view = await read(id)
    expect(view).toMatchObject({ state: 'succeeded', searching: false, conditions: 6 })
    expect(view.resultHash).not.toBeNull()
    const analysis = await store.experiments.task(workspace, view.sharedTasks[0]!.id)
    expect(analysis?.result?.report?.parts[0]).toMatchObject({
      title: 'Threshold of rate: where height is 0.5',
      fitted: [{ estimate: { low: 0.0133, high: 0.0205 } }],
    })
    const events = await store.experiments.events(workspace, id, 0, 1000)
    const states = events.filter(({ type }) => type === 'experiment.state').map(({ data }) => data['state'])
    expect(states).toEqual(['running', 'succeeded'])
  })

  it('takes the same rounds to the same hash if it is killed between them, and steps are taken twice', async () => {
    const undisturbed = await submit({ fresh: true })
    await finish()
    const id = await submit({ fresh: true })
    const dying = { ...deps, searches: { ...deps.searches, advance: () => Promise.reject(new Error('killed')) } }
    for (;;) {
      await work()
      const [due] = await store.searches.due(10, [])
      if (due === undefined) break
      expect(await advanceSearches({ ...dying, setbacks: createSetbacks(() => 0) })).toBe(0)
      const late = {
        ...deps,
        searches: {
          ...deps.searches,
          due: async (_: number, except: readonly string[]) => (except.length > 0 ? [] : [due]),
        },
      }
      expect(await advanceSearches(deps)).toBe(1)
      // Another process read the same search before that, and is slower than the next round.
      expect(await advanceSearches(late)).toBe(0)
      await work()
      expect(await advanceSearches(late)).toBe(0)
    }
    expect((await read(id)).resultHash).toBe((await read(undisturbed)).resultHash)
    expect(await namesOf(id)).toEqual(await namesOf(undisturbed))
  })

  it('computes nothing twice if it is submitted again with a smaller width', async () => {
    await submit()
    await finish()
    const finer = await submit({ search: { over: 'rate', between: [0.001, 1], width: 1.3 } })
    await finish()
    const { runs } = await read(finer)
    const reused = runs.filter(({ tasks }) => tasks[0]!.reused)
    expect(new Set(reused.map(({ condition }) => condition)).size).toBe(6)
    expect(runs.length).toBeGreaterThan(reused.length)
  })

  it('waits while it is paused, ends when it is cancelled, and goes on when that is undone', async () => {
    const id = await submit()
    await work()
    await store.experiments.setPaused({ workspaceId: workspace, id }, true, { actor: serviceActor })
    expect(await store.searches.due(10, [])).toEqual([])
    expect(await advanceSearches(deps)).toBe(0)
    await store.experiments.setPaused({ workspaceId: workspace, id }, false, { actor: serviceActor })
    await store.experiments.cancel(workspace, id)
    expect(await advanceSearches(deps)).toBe(0)
    expect(await read(id)).toMatchObject({ state: 'cancelled' })
    expect(await store.experiments.retry(workspace, id)).toMatchObject({ ok: true })
    expect(await read(id)).toMatchObject({ state: 'running' })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('waits for room in its workspace', async () => {
    const id = await submit()
    await work()
    await store.workspaces.setQuota(name, { unfinishedRuns: 2 }, serviceActor)
    expect(await advanceSearches(deps)).toBe(0)
    expect(await advanceSearches(deps)).toBe(0)
    expect(await read(id)).toMatchObject({ state: 'running', conditions: 3 })
    expect(notes).toMatchObject([{ experiment: id, reason: expect.stringContaining('unfinished') as string }])
    await store.workspaces.setQuota(name, { unfinishedRuns: 3 }, serviceActor)
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('ends with a report if a run fails, and goes on once that is repeated', async () => {
    const id = await submit()
    let attempts = 0
    await finish({ failing: (rate, seed) => rate === 1 && seed === 2 && ++attempts > 0 })
    expect(await read(id)).toMatchObject({ state: 'failed', searching: false, conditions: 3 })
    expect((await read(id)).sharedTasks).toMatchObject([{ kind: analysisKind, state: 'succeeded' }])
    // The end of the search did not start the failed run again.
    expect([attempts, (await read(id)).tasks]).toMatchObject([1, { failed: 1, ready: 0 }])
    await store.experiments.retry(workspace, id)
    expect(await read(id)).toMatchObject({ state: 'running', searching: true, sharedTasks: [] })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('is left alone by workers that would plan it otherwise, and continued by those that would not', async () => {
    const id = await submit()
    await work()
    const others = {
      'without its protocol': another({ protocols: new Map() }),
      'with another version of it': withProtocol({ version: '2' }),
      'with another build of the engine': another({ engineFor: (wanted) => ({ ...engineFor(wanted), build: '2' }) }),
      'that resolves its options otherwise': withProtocol({
        resolve: (options) => ({ ok: true, options: { ...options, salt: 'other' }, marks: [] }),
      }),
      'that refuses its options': withProtocol({
        resolve: () => ({ ok: false, issues: [{ pointer: '/rate', message: 'unknown' }] }),
      }),
    }
    for (const [which, other] of Object.entries(others)) {
      notes = []
      expect([which, await advanceSearches(other), await advanceSearches(other)]).toEqual([which, 0, 0])
      expect(notes).toMatchObject([{ experiment: id, message: expect.stringContaining('left to') as string }])
    }
    expect(await read(id)).toMatchObject({ state: 'running', conditions: 3 })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('is cancelled with the reason if planning fails, and goes on after a retry', async () => {
    const id = await submit()
    await work()
    const faulty = () => {
      throw new TypeError('no such measure')
    }
    const failing = withProtocol({ search: { ...rampProtocol.search!, read: faulty } })
    const planner: SearchDependencies['planner'] = {
      ...failing.planner,
      engineFor: (wanted) => ({ ...engineFor(wanted), build: '2' }),
    }
    // Not by a worker that would have planned its rounds otherwise.
    expect(await advanceSearches({ ...failing, foreign: new Set(), planner })).toBe(0)
    expect(await advanceSearches(failing)).toBe(1)
    const view = await read(id)
    expect(view).toMatchObject({ state: 'cancelled', resolved: { search: { stopped: 'no such measure' } } })
    const events = await store.experiments.events(workspace, id, 0, 1000)
    expect(events.at(-1)).toMatchObject({ data: { state: 'cancelled', reason: 'no such measure' } })
    await store.experiments.retry(workspace, id)
    expect((await read(id)).resolved.search).not.toHaveProperty('stopped')
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('is tried again after pauses if a step fails, holds up no other, and is stopped in the end, with the reason', async () => {
    const id = await submit()
    const other = await submit({ fresh: true })
    await work()
    let now = 0
    let tries = 0
    const advance: SearchDependencies['searches']['advance'] = (search, next) => {
      if (search.id !== id) return deps.searches.advance(search, next)
      tries += 1
      return Promise.reject(new GoalpostError('internal', 'The database rejected a statement'))
    }
    const failing = { ...deps, searches: { ...deps.searches, advance }, setbacks: createSetbacks(() => now) }
    expect(await advanceSearches(failing)).toBe(1)
    expect((await read(other)).conditions).toBe(4)
    expect(await advanceSearches(failing)).toBe(0)
    expect(await advanceSearches(failing)).toBe(0)
    // The second failure is followed by a pause, in which nothing is tried.
    expect(tries).toBe(2)
    for (; (await read(id)).state === 'running' && now < 3_600_000; now += 60_000) await advanceSearches(failing)
    expect(tries).toBe(20)
    expect(now).toBeGreaterThan(600_000)
    const reason = 'its next round could not be added: The database rejected a statement'
    expect(await read(id)).toMatchObject({ state: 'cancelled', stopReason: reason })
    expect(notes.filter(({ experiment }) => experiment === id).map(({ message }) => message)).toEqual([
      'a step of a search failed, and is tried again',
      'a search was cancelled',
    ])
    await store.experiments.retry(workspace, id)
    expect(await read(id)).toMatchObject({ state: 'running', stopReason: null })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('ends with a report if a later value is refused, and goes on after a retry', async () => {
    const id = await submit()
    await work()
    const strict = withProtocol({
      resolve: (options) =>
        options['rate'] === 0.00562
          ? { ok: false, issues: [{ pointer: '/rate', message: 'not a whole number' }] }
          : { ok: true, options, marks: [] },
    })
    expect(await advanceSearches(strict)).toBe(1)
    await work()
    const view = await read(id)
    expect(view).toMatchObject({ state: 'succeeded', searching: false, conditions: 3 })
    expect(view.resolved.search?.stopped).toContain('not a whole number')
    expect(view.stopReason).toBe(view.resolved.search?.stopped)
    const analysis = await store.experiments.task(workspace, view.sharedTasks[0]!.id)
    expect(JSON.stringify(analysis?.result?.report)).toContain('not a whole number')
    expect(await store.experiments.retry(workspace, id)).toMatchObject({ ok: true })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('does not end on a failure that was repaired while it was read', async () => {
    const id = await submit()
    await work({ failing: (rate, seed) => rate === 1 && seed === 2 })
    const evidence = async (...which: Parameters<typeof store.experiments.evidence>) => {
      const found = await store.experiments.evidence(...which)
      await store.experiments.retry(workspace, id)
      await work()
      return found
    }
    expect(await advanceSearches({ ...deps, experiments: { evidence } })).toBe(0)
    expect(await read(id)).toMatchObject({ state: 'running', searching: true })
    await finish()
    expect(await read(id)).toMatchObject({ state: 'succeeded', conditions: 6 })
  })

  it('that ended early goes on after a retry if another experiment has repeated its runs', async () => {
    const [first, second] = [await submit(), await submit()]
    await finish({ failing: (rate, seed) => rate === 1 && seed === 2 })
    await store.experiments.retry(workspace, second)
    await finish()
    expect((await read(first)).tasks).toMatchObject({ failed: 0, cancelled: 0 })
    expect(await read(first)).toMatchObject({ searching: false, conditions: 3 })
    expect(await store.experiments.retry(workspace, first)).toMatchObject({ ok: true })
    await finish()
    expect(await read(first)).toMatchObject({ state: 'succeeded', searching: false, conditions: 6 })
    expect(await store.experiments.retry(workspace, first)).toMatchObject({ ok: false, code: 'state-conflict' })
  })

  it('keeps its settings if a release changes a default', async () => {
    const id = await submit({ search: { over: 'rate', between: [0.001, 1], width: 2, budget: 5, perRound: 2 } })
    await work()
    const search = { over: 'rate', between: [0.001, 1], width: 2 }
    const due = async (limit: number, except: readonly string[]) =>
      (await store.searches.due(limit, except)).map((one) => ({ ...one, spec: { ...one.spec, search } }))
    const first = await read(id)
    expect(await advanceSearches({ ...deps, searches: { ...deps.searches, due } })).toBe(1)
    const { probes, ...settings } = (await read(id)).resolved.search!
    expect({ ...settings, probes: [] }).toEqual({ ...first.resolved.search!, probes: [] })
    expect(probes.length).toBe(5)
  })

  it('is not extended by hand', async () => {
    const id = await submit()
    const { resolved } = await read(id)
    const { expansion } = prepareExperiment({ ...(await read(id)).spec }, deps.planner)
    const outcome = await store.experiments.extend(workspace, id, { resolved, expansion })
    expect(outcome).toMatchObject({ ok: false, code: 'state-conflict' })
  })
})
