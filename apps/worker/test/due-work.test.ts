import { randomUUID } from 'node:crypto'
import { gateSpec, scheduleSpec, type GateSpecInput, type Failure } from '@goalpost/contracts'
import { serviceActor, type DispatchedJob } from '@goalpost/experiments'
import { createStore, migrate, type Store } from '@goalpost/store'
import {
  createFakeClock,
  createMemoryArtifacts,
  someManifest,
  startTestDatabase,
  type TestDatabase,
} from '@goalpost/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advanceGates } from '../src/gates/advance-gates.ts'
import type { GateDependencies } from '../src/gates/gate-dependencies.ts'
import { fireDue } from '../src/schedules/fire-due.ts'
import { engineFor } from './drill-planner.ts'
import { gaugeProtocol } from './gauge-protocol.ts'

const clock = createFakeClock()
const hourMs = 3_600_000
let database: TestDatabase
let sql: pg.Client
let store: Store
let deps: GateDependencies
let workspace: string

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  sql = new pg.Client(database.url)
  await sql.connect()
  store = createStore({ url: database.url, clock: clock.now, poolSize: 3 })
  const planner = { protocols: new Map([['gauge', gaugeProtocol]]), engineFor, saltHash: null }
  deps = { ...store, planner, artifacts: createMemoryArtifacts(), waiting: new Map() }
})
beforeEach(async () => (workspace = await store.workspaces.ensure(randomUUID())))
afterEach(() => sql.query('UPDATE gates SET next_at = NULL; UPDATE schedules SET next_at = NULL, next_start_at = NULL'))
afterAll(async () => {
  await sql.end()
  await store.close()
  await database.close()
})

const experiment = { apiVersion: 'goalpost/v1', protocol: 'gauge', name: 'gauged', seeds: 1 }
const hourly = { cron: '0 * * * *', timezone: 'UTC' }
const scores = { kind: 'absolute', name: 'scores', condition: 'default', measure: 'score', atLeast: 0.5 } as const

async function applyGate(name: string, change: Partial<GateSpecInput> = {}): Promise<void> {
  const given = { apiVersion: 'goalpost/v1', name, model: 'mouse', spec: experiment, rules: [scores], ...change }
  await store.gates.apply(workspace, gateSpec.parse(given), serviceActor)
}

async function register(hash: string): Promise<void> {
  const file = { name: 'policy.onnx', hash, bytes: 3, mediaType: 'application/octet-stream', evidence: false }
  await store.experiments.keepArtifact(workspace, file, serviceActor)
  const registration = { artifact: hash, metadata: {}, tags: [], aliases: [] }
  await store.models.register({ workspaceId: workspace, model: 'mouse' }, registration, serviceActor)
}

const fileOf = (letter: string) => letter.repeat(64)

/** Runs tasks until none is ready: what their file is worth, or why it is refused. */
async function work(files: Readonly<Record<string, number | Failure>>): Promise<void> {
  await store.workers.announce(worker)
  for (let jobs = await dispatchAll(); jobs.length > 0; jobs = await dispatchAll()) {
    for (const job of jobs) {
      const outcome = await store.ledger.claim(job, { id: worker.id, leaseMs: 60_000, engines: worker.engines })
      if (!outcome.ok) throw new Error(outcome.reason)
      const { claim, assignment } = outcome
      const { file } = assignment.inputs
      const worth = (typeof file === 'string' ? files[file] : undefined) ?? 0
      const measures = [{ name: 'score', labels: {}, value: typeof worth === 'number' ? worth : 0 }]
      if (typeof worth === 'number') await store.ledger.complete(claim, { measures, artifacts: [] }, someManifest)
      else await store.ledger.fail(claim, worth)
    }
  }
}

async function dispatchAll(): Promise<DispatchedJob[]> {
  const jobs: DispatchedJob[] = []
  await store.dispatcher.dispatch(100, async (added) => void jobs.push(...added))
  return jobs
}

const worker = {
  id: 'worker',
  host: 'here',
  codeRevision: 'test',
  cores: 2,
  queues: [{ device: 'cpu' as const, slots: 100 }],
  engines: [{ name: 'tfjs:wasm', build: '1', device: 'cpu' as const, deviceName: null }],
}

const runsOf = async (gate: string) => (await store.gates.runs(workspace, gate, { limit: 10 }))!.items

const unreadable = ['cause.cause.message', expect.stringContaining('nonsense')] as const

describe('what cannot be read any more holds up nothing else:', () => {
  it('a schedule', async () => {
    await register(fileOf('a'))
    const sent = { ...experiment, options: { file: fileOf('a') } }
    for (const name of ['broken', 'sound']) {
      const spec = { apiVersion: 'goalpost/v1', name, ...hourly, action: { type: 'experiment', spec: sent } }
      await store.schedules.apply(workspace, { spec: scheduleSpec.parse(spec), sent }, serviceActor)
    }
    await sql.query(`UPDATE schedules SET spec = jsonb_set(spec, '{cron}', '"nonsense"') WHERE name = 'broken'`)
    clock.advance(hourMs)
    await expect(fireDue({ ...deps, schedules: store.schedules })).rejects.toHaveProperty(...unreadable)
    expect((await store.schedules.get(workspace, 'sound'))?.latest).toMatchObject({ outcome: 'started' })
  })

  it('a gate with a schedule', async () => {
    await register(fileOf('a'))
    for (const name of ['broken', 'sound']) await applyGate(name, { triggers: [{ on: 'schedule', ...hourly }] })
    await applyGate('by-hand', { triggers: [] })
    await sql.query(
      `UPDATE gate_versions SET spec = jsonb_set(spec, '{triggers,0,cron}', '"nonsense"')
       WHERE gate_id = (SELECT id FROM gates WHERE name = 'broken')`,
    )
    await store.gates.startRun(workspace, 'by-hand', 1, serviceActor)
    clock.advance(hourMs)
    await expect(advanceGates(deps)).rejects.toHaveProperty(...unreadable)
    for (const name of ['sound', 'by-hand'])
      expect(await runsOf(name)).toMatchObject([{ experiments: [{ stage: 1, version: 1 }] }])
    expect(await runsOf('broken')).toEqual([])
  })
})

describe('a run', () => {
  it('evaluates each version once for its stage, decides, and leaves nothing due', async () => {
    const [good, bad] = [fileOf('b'), fileOf('c')]
    await applyGate('nightly')
    for (const file of [good, bad]) await register(file)
    await advanceGates(deps)
    expect(await advanceGates(deps)).toBe(0)
    await work({ [good]: 0.9, [bad]: 0.1 })
    await advanceGates(deps)
    expect((await runsOf('nightly')).map(({ version, outcome, units }) => [version, outcome, units])).toEqual([
      [2, 'fail', 64],
      [1, 'pass', 64],
    ])
    expect(await advanceGates(deps)).toBe(0)
  })

  it('of a file that does not fit fails with the reason; the gate goes on with the next version', async () => {
    const [misfit, good] = [fileOf('d'), fileOf('e')]
    await applyGate('nightly')
    await register(misfit)
    await advanceGates(deps)
    await work({ [misfit]: { code: 'model-refused', message: 'takes 75 inputs, not 147' } })
    await advanceGates(deps)
    await register(good)
    await advanceGates(deps)
    await work({ [good]: 0.9 })
    await advanceGates(deps)
    expect((await runsOf('nightly')).map(({ outcome, message }) => [outcome, message])).toEqual([
      ['pass', null],
      ['fail', 'version 1: takes 75 inputs, not 147'],
    ])
  })

  it('whose baseline does not fit stays undecided: that says nothing about the version', async () => {
    const [misfit, good] = [fileOf('f'), fileOf('0')]
    await register(misfit)
    const { condition, measure } = scores
    const asFirst = { kind: 'baseline', name: 'as-first', condition, measure, margin: 0.1, against: { version: 1 } }
    await applyGate('nightly', { rules: [asFirst] as GateSpecInput['rules'] })
    await register(good)
    await advanceGates(deps)
    await work({ [misfit]: { code: 'model-refused', message: 'takes 75 inputs, not 147' }, [good]: 0.9 })
    await advanceGates(deps)
    expect(await runsOf('nightly')).toMatchObject([
      { outcome: 'undecided', message: 'version 1: takes 75 inputs, not 147' },
    ])
  })

  it('that has no room in its workspace is planned once, and again when there is room', async () => {
    const file = fileOf('1')
    await applyGate('nightly')
    await register(file)
    const { name } = (await store.workspaces.list({ limit: 200 })).items.find(({ id }) => id === workspace)!
    const limit = (unfinishedRuns: number | null) =>
      store.workspaces.setQuota(name, { unfinishedRuns }, { key: null, address: null })
    await limit(0)
    let planned = 0
    const planner = {
      ...deps.planner,
      engineFor: (...given: Parameters<typeof engineFor>) => (planned++, engineFor(...given)),
    }
    const counted = { ...deps, planner, waiting: new Map<string, number>() }
    for (const _ of [1, 2, 3]) expect(await advanceGates(counted)).toBe(0)
    const once = planned
    expect(once).toBeGreaterThan(0)
    await limit(null)
    await advanceGates(counted)
    expect(planned).toBe(2 * once)
    await work({ [file]: 0.9 })
    await advanceGates(counted)
    expect(await runsOf('nightly')).toMatchObject([{ outcome: 'pass' }])
  })
})
