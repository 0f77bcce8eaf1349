/**
 * What dispatching, claiming and preemption take while many tasks wait: `node benchmarks/backlog.ts [sizes = 1000,10000,100000]`.
 *
 * One worker whose slots are all taken by tasks of low priority, and 50 experiments of higher priority that wait.
 * Lower quartiles of the store's own calls, one after another; what would change the state is rolled back. The aim: none grows
 * with the backlog by more than half.
 */
import { loadavg } from 'node:os'
import { GoalpostError } from '@goalpost/contracts'
import type { DispatchedJob } from '@goalpost/experiments'
import { createStore, migrate, type Store } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { plan } from '../packages/store/test/bench.ts'

const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number)
const slots = 50
const shares = 50
const repetitions = 40
const leastRunMs = 1
const aimGrowth = 1.5
/** Below it, a difference is that of the machine. */
const noiseMs = 5
/** One of the project's own, which the store passes on as it is. */
const undo = new GoalpostError('internal', 'to be undone')
const engine = { name: 'tfjs:cpu', device: 'cpu' } as const

type Row = Readonly<Record<string, number>>

const rows: Row[] = []
for (const size of sizes) {
  const row = await measure(size)
  rows.push(row)
  const times = Object.entries(row).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
  process.stdout.write(`${size} tasks wait: ${times.join(', ')}; load ${loadavg()[0]?.toFixed(1)}\n`)
}
judge(rows)

async function measure(size: number): Promise<Row> {
  const server = await startPostgresServer()
  const url = server.url('postgres')
  await migrate(url)
  const store = createStore({ url, poolSize: 4 })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await fillSlots(store)
    const workspace = await store.workspaces.ensure('backlog')
    for (let share = 0; share < shares; share++) await submit(store, workspace, { priority: 1 + (share % 5), seeds: 1 })
    await growTo(client, size)
    return await time(store)
  } finally {
    await client.end()
    await store.close()
    await server.close()
  }
}

async function fillSlots(store: Store): Promise<void> {
  await announce(store)
  await submit(store, await store.workspaces.ensure('backlog'), { priority: 0, seeds: slots })
  await claimAll(store, await dispatch(store, slots))
}

async function submit(store: Store, workspace: string, wanted: { priority: number; seeds: number }): Promise<void> {
  const spec = { ...wanted, resources: { engine: engine.name }, name: 'backlog', fresh: true }
  const outcome = await store.experiments.create(workspace, { ...plan(spec), idempotency: null })
  if (!outcome.ok) throw new Error(outcome.code)
}

/** One that is silent for half a minute counts as lost. */
function announce({ workers }: Store): Promise<void> {
  return workers.announce({
    id: 'one',
    host: 'here',
    codeRevision: 'benchmark',
    cores: 2,
    queues: [{ device: engine.device, slots }],
    engines: [{ ...engine, build: '1', deviceName: null }],
  })
}

async function dispatch(store: Store, most: number): Promise<DispatchedJob[]> {
  const jobs: DispatchedJob[] = []
  await store.dispatcher.dispatch(most, async (added) => void jobs.push(...added))
  return jobs
}

async function claimAll(store: Store, jobs: readonly DispatchedJob[]): Promise<void> {
  for (const { taskId, epoch } of jobs) {
    const outcome = await store.ledger.claim({ taskId, epoch }, { id: 'one', leaseMs: 3_600_000, engines: [engine] })
    if (!outcome.ok) throw new Error(outcome.reason)
  }
}

/** Copies the tasks that are ready until so many are. */
async function growTo(client: pg.Client, size: number): Promise<void> {
  await client.query(
    `INSERT INTO tasks SELECT r.* FROM (SELECT * FROM tasks WHERE state = 'ready') t
     CROSS JOIN generate_series(2, $1::int) AS copy
     CROSS JOIN LATERAL jsonb_populate_record(null::tasks, to_jsonb(t) || jsonb_build_object(
       'id', gen_random_uuid(), 'identity', encode(sha256((t.identity || copy)::bytea), 'hex'))) r`,
    [Math.ceil(size / shares)],
  )
  await client.query('VACUUM ANALYZE')
}

async function time(store: Store): Promise<Row> {
  await announce(store)
  const watch = store.watchWork(() => undefined)
  const off = store.watchWork(() => undefined, { preempts: false })
  if (!(await watch.look()).outranked) throw new Error('Nothing is outranked')
  const { dispatcher } = store
  const row = {
    'look without preemption': await lowerQuartile(() => off.look()),
    look: await lowerQuartile(() => watch.look()),
    preempt: await lowerQuartile(() => rolledBack((add) => dispatcher.preempt(leastRunMs, add))),
    dispatch: await lowerQuartile(() => rolledBack((add) => dispatcher.dispatch(10, add))),
  }
  const jobs = await dispatch(store, repetitions)
  const claim = await lowerQuartile(() => claimAll(store, jobs.splice(0, 1)), 0)
  await watch.close()
  await off.close()
  return { ...row, claim }
}

async function rolledBack(work: (add: () => Promise<never>) => Promise<unknown>): Promise<void> {
  const outcome = await work(() => Promise.reject(undo)).catch((error: unknown) => error)
  if (outcome !== undo) throw new Error('Nothing was to do', { cause: outcome })
}

async function lowerQuartile(work: () => Promise<unknown>, warmUps = 5): Promise<number> {
  const times: number[] = []
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    const startedAt = performance.now()
    await work()
    if (repetition >= 0) times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(repetitions / 4)] ?? Number.NaN
}

function judge([first = {}, ...others]: readonly Row[]): void {
  for (const [name, ms] of Object.entries(first)) {
    const growth = Math.max(...others.map((row) => (row[name] ?? 0) / Math.max(ms, noiseMs)))
    if (growth <= aimGrowth) continue
    process.stdout.write(`${name} grows ${growth.toFixed(1)} times\n`)
    process.exitCode = 1
  }
}
