import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createArtifactStore } from '@goalpost/artifacts'
import { scheduleSpec, webhookSpec } from '@goalpost/contracts'
import { formatSecret, serviceActor } from '@goalpost/experiments'
import { createStore, type Store } from '@goalpost/store'
import { createFakeClock } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openLaboratory, type Laboratory } from '../../apps/worker/test/laboratory.ts'
import type { WorkerProcess } from '../../apps/worker/test/worker-process.ts'
import { openInvariants, type Invariants } from './invariants.ts'
import { startGateway, type Gateway, type Statement } from './statement-gateway.ts'

/**
 * SIGKILL of the process whose control loops take a step, at the commit of this step: before it, or after it and before
 * the process knows. Another process takes the step then, or finds it taken: never both.
 */
const patience = { timeout: 120_000, interval: 100 }
const drill = { updates: 200, updateMs: 5, checkpointEvery: 20 }
const environment = { GOALPOST_PREEMPT_AFTER_MS: '500', GOALPOST_WEBHOOK_ALLOW: '127.0.0.1' }
const struckLimitMs = 60_000

let laboratory: Laboratory
let gateway: Gateway
let invariants: Invariants
let store: Store
let sql: pg.Client
let url: string
let worker: WorkerProcess
let undisturbedHash: string

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

beforeAll(async () => {
  laboratory = await openLaboratory()
  const direct = new URL(laboratory.databaseUrl)
  gateway = await startGateway({ host: direct.hostname, port: Number(direct.port) })
  direct.port = String(gateway.port)
  url = direct.href
  store = createStore({ url: laboratory.databaseUrl, poolSize: 2 })
  sql = new pg.Client(laboratory.databaseUrl)
  await sql.connect()
  const artifacts = await createArtifactStore(laboratory.artifactsUrl)
  invariants = await openInvariants(laboratory.databaseUrl, (hash) => artifacts.read(hash))
  worker = startWorker()
  undisturbedHash = await hashOf(await laboratory.submit(drill))
})
afterAll(async () => {
  await laboratory.stopWorkers()
  await gateway.close()
  await invariants.close()
  await sql.end()
  await store.close()
  await laboratory.close()
})

const startWorker = () => laboratory.startWorker({ DATABASE_URL: url, ...environment })

async function hashOf(experiment: Experiment): Promise<string> {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  return (await experiment.view()).resultHash!
}

const isUnderway = (experiment: Experiment) =>
  vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), patience)

const has = ({ before }: Statement, pattern: RegExp) => before.some((one) => pattern.test(one))

type Strike = {
  readonly moment: 'before' | 'after'
  readonly at: (statement: Statement) => boolean
  /** What happens before there is another worker in its place. */
  readonly meanwhile?: () => Promise<unknown>
}

/** Kills the worker at the commit, when the work that leads to it has been arranged. */
async function killAt({ moment, at, meanwhile }: Strike, arrange: () => Promise<unknown>): Promise<void> {
  const struck = gateway.arm({ at: (statement) => statement.sql === 'COMMIT' && at(statement), moment, how: 'hold' })
  await arrange()
  await within(struckLimitMs, struck, 'no control loop came to this commit')
  await kill()
  await meanwhile?.()
  worker = startWorker()
}

async function within<T>(ms: number, work: Promise<T>, message: string): Promise<T> {
  const limit = new AbortController()
  const late = sleep(ms, null, { signal: limit.signal }).then(() => Promise.reject(new Error(message)))
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    limit.abort()
    gateway.disarm()
  }
}

async function kill(): Promise<void> {
  worker.signal('SIGKILL')
  await worker.ended
  // Others would count its free slots until it has been silent for a while.
  await sql.query("UPDATE workers SET last_seen_at = last_seen_at - interval '1 hour'")
}

/** A task that runs ends after its experiment was cancelled. */
const comeToRest = () => vi.waitFor(async () => expect(await invariants.check('at rest')).toEqual([]), patience)

const auditOf = async (id: string, action: string): Promise<number> => {
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM audit_events WHERE subject_id = $1 AND action = $2',
    [id, action],
  )
  return rows[0]!.count
}

describe('a worker killed at the commit with which its control loops', () => {
  it('take a task back from a lost worker (after it)', async () => {
    const experiment = await laboratory.submit(drill)
    await isUnderway(experiment)
    await kill()
    await killAt({ moment: 'after', at: (statement) => has(statement, /UPDATE attempts a SET ended_at/) }, async () => {
      worker = startWorker()
    })
    expect(await hashOf(experiment)).toBe(undisturbedHash)
    const outcomes = (await experiment.train()).attemptHistory.map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['lost', 'succeeded'])
    expect(await invariants.check('at rest')).toEqual([])
  })

  it('queue tasks again whose jobs were lost (after it)', async () => {
    const experiments = await Promise.all([1, 2].map(() => laboratory.submit(drill)))
    await vi.waitFor(async () => {
      const states = await Promise.all(experiments.map(async (one) => (await one.train()).state))
      expect(states).toContain('running')
      expect(states).toContain('queued')
    }, patience)
    const requeues = (statement: Statement) =>
      has(statement, /FROM tasks .* FOR NO KEY UPDATE SKIP LOCKED/s) &&
      has(statement, /UPDATE tasks t SET state/) &&
      !has(statement, /pg_try_advisory_xact_lock/)
    await killAt({ moment: 'after', at: requeues }, () => sql.query('TRUNCATE bullmq.job CASCADE'))
    for (const experiment of experiments) expect(await hashOf(experiment)).toBe(undisturbedHash)
    expect(await invariants.check('at rest')).toEqual([])
  })

  it('stop an experiment at its deadline (before it)', async () => {
    const experiment = await submitLong()
    await isUnderway(experiment)
    const { id } = await experiment.view()
    const workspaceId = await workspaceOf(id)
    await killAt({ moment: 'before', at: (statement) => has(statement, /audit_events/) }, () =>
      store.experiments.setDeadline({ workspaceId, id }, '1s', { actor: serviceActor }),
    )
    await vi.waitFor(async () => expect((await experiment.view()).state).toBe('cancelled'), patience)
    expect((await experiment.view()).stopReason).toMatch(/^its deadline, .* has passed$/)
    expect(await auditOf(id, 'experiment.cancelled')).toBe(1)
    await comeToRest()
  })

  it('ask a running task for its slot (before it)', async () => {
    const workspace = randomUUID()
    // The worker that asks has no slot to spare: the task that is asked runs on another one, which takes the step over.
    const filler = await submitLong()
    await isUnderway(filler)
    const other = laboratory.startWorker({ ...environment, DATABASE_URL: laboratory.databaseUrl })
    onTestFinished(async () => {
      other.signal('SIGKILL')
      await other.ended
    })
    const low = await submitLong({ workspace })
    await isUnderway(low)
    let high = low
    const takenOver = async () => {
      expect(await hashOf(high)).toBe(undisturbedHash)
      expect(await auditOf((await low.view()).id, 'experiment.preempted')).toBe(1)
      const [asked] = (await low.train()).attemptHistory
      expect(asked?.outcome).toBe('cancelled')
    }
    const at = (statement: Statement) => has(statement, /audit_events/)
    await killAt({ moment: 'before', at, meanwhile: takenOver }, async () => {
      high = await laboratory.submit(drill, [1], undefined, null, { workspace, priority: 10 })
    })
    for (const experiment of [low, filler]) await experiment.cancel()
    await comeToRest()
  })

  it('start an occurrence of a schedule (after it)', async () => {
    const workspaceId = await store.workspaces.ensure(randomUUID())
    await killAt({ moment: 'after', at: (statement) => has(statement, /INSERT INTO schedule_runs/) }, () =>
      schedule(workspaceId),
    )
    // They are taken in the order of their times: when the new worker has started a later one, it has looked at the first again.
    const later = await store.workspaces.ensure(randomUUID())
    await schedule(later)
    for (const workspace of [workspaceId, later])
      await vi.waitFor(async () => expect(await startedIn(workspace)).not.toEqual([]), patience)
    await sql.query('UPDATE schedules SET next_at = NULL, next_start_at = NULL')
    for (const workspace of [workspaceId, later]) {
      const { items } = await store.experiments.list(workspace, { limit: 100 })
      // An occurrence of the next minute may have come since: there is one experiment for each that was started.
      expect(items.map(({ id }) => id).toSorted()).toEqual(await startedIn(workspace))
      for (const { id } of items) await store.experiments.cancel(workspace, id)
    }
    await comeToRest()
  })

  it('claim a message of a webhook (before it)', async () => {
    const ids: string[] = []
    const receiver = await listenFor(ids)
    const workspace = randomUUID()
    const workspaceId = await store.workspaces.ensure(workspace)
    const { port } = receiver.address() as AddressInfo
    const spec = webhookSpec.parse({ name: 'own', url: `http://127.0.0.1:${port}/`, events: ['experiment.created'] })
    const secret = formatSecret(Buffer.alloc(32, 1))
    await store.webhooks.create(workspaceId, { spec, secret }, serviceActor)
    let experiment: Experiment | null = null
    await killAt({ moment: 'before', at: (statement) => has(statement, /INSERT INTO webhook_attempts/) }, async () => {
      experiment = await laboratory.submit(drill, [1], undefined, null, { workspace })
    })
    await vi.waitFor(() => expect(ids).toHaveLength(1), patience)
    await experiment!.cancel()
    receiver.closeAllConnections()
    receiver.close()
  })
})

/** Minutes of work. */
const submitLong = (own: { readonly workspace?: string } = {}) =>
  laboratory.submit({ ...drill, updates: 40_000 }, [1], undefined, null, own)

async function workspaceOf(id: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>('SELECT workspace_id AS id FROM experiments WHERE id = $1', [id])
  return rows[0]!.id
}

/** The experiments that schedules have started. */
async function startedIn(workspaceId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT r.experiment_id AS id FROM schedule_runs r JOIN schedules s ON s.id = r.schedule_id
     WHERE s.workspace_id = $1 AND r.outcome = 'started' ORDER BY 1`,
    [workspaceId],
  )
  return rows.map(({ id }) => id)
}

/** One whose first occurrence was a moment ago: it was made by a clock that is late. */
async function schedule(workspaceId: string): Promise<void> {
  const clock = createFakeClock(new Date(Date.now() - 61_000))
  const late = createStore({ url: laboratory.databaseUrl, clock: clock.now, poolSize: 1 })
  const sent = { apiVersion: 'goalpost/v1', protocol: 'drill', name: 'occurrence', seeds: 1, fresh: true }
  const spec = {
    apiVersion: 'goalpost/v1',
    name: 'often',
    cron: '* * * * *',
    // One that is decided again starts, although the experiment of the first time is open.
    overlap: 'cancel-previous',
    action: { type: 'experiment', spec: sent },
  }
  await late.schedules.apply(workspaceId, { spec: scheduleSpec.parse(spec), sent }, serviceActor)
  await late.close()
}

async function listenFor(ids: string[]): Promise<Server> {
  const receiver = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']))
    request.resume()
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  return receiver
}
