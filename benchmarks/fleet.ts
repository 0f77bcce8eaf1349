/**
 * What a task costs the service, whatever waits behind it: simulated workers speak the real protocol to a real PostgreSQL, queue and API.
 *
 *     node benchmarks/fleet.ts [--workers 50] [--runs 100,1000,10000] [--task-ms 20] [--tasks 1500] [--queue redis|postgres]
 *
 * For each number of runs: submit them (two to four tasks each), start the workers, let some tasks pass, then measure
 * the next ones while the others wait. The aim: the cost of a task grows by no more than half from the smallest backlog to the largest.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgresServer } from '@goalpost/testing'
import { startRedisServer } from '@goalpost/testing/redis-server'
import pg from 'pg'
import { migrate } from '@goalpost/store'
import { processTimeMs } from './fleet/processor-time.ts'
import type { FleetOrder, FleetReport } from './fleet/simulated-workers.ts'
import { startFleetApi } from './fleet/start-api.ts'
import { databaseTimeMs } from './registry/processor-time.ts'

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '50' },
    runs: { type: 'string', default: '100,1000,10000' },
    'task-ms': { type: 'string', default: '20' },
    tasks: { type: 'string', default: '1500' },
    queue: { type: 'string', default: 'redis' },
  },
})
const workers = Number(values.workers)
const sizes = values.runs.split(',').map(Number)
const aimGrowth = 1.5

type Row = {
  readonly runs: number
  readonly tasks: number
  readonly submitSeconds: number
  readonly measured: number
  readonly perSecond: number
  readonly idleMedianMs: number
  readonly idleP99Ms: number
  readonly statements: number
  readonly transactions: number
  readonly databaseMs: number
  readonly workerMs: number
}

const rows: Row[] = []
for (const runs of sizes) {
  const row = await measure(runs)
  rows.push(row)
  print(row)
}
judge(rows)

async function measure(runs: number): Promise<Row> {
  const server = await startPostgresServer({ max_connections: String(200 + workers), shared_buffers: '512MB' })
  const redis = values.queue === 'redis' ? await startRedisServer() : null
  const databaseUrl = server.url('postgres')
  await migrate(databaseUrl)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const api = await startFleetApi(databaseUrl)
  try {
    const submitSeconds = await api.submit(runs)
    await client.query('ANALYZE')
    const tasks = await count(client, 'SELECT count(*) FROM tasks')
    const queue =
      redis === null ? ({ kind: 'postgres', url: databaseUrl } as const) : ({ kind: 'redis', url: redis.url } as const)
    const order: FleetOrder = { databaseUrl, queue, workers, taskMs: Number(values['task-ms']) }
    return { runs, tasks, submitSeconds, ...(await run(order, client, tasks)) }
  } finally {
    await client.end()
    await api.close()
    await redis?.close()
    await server.close()
  }
}

async function run(order: FleetOrder, client: pg.Client, tasks: number) {
  const child = fork(fileURLToPath(new URL('./fleet/simulated-workers.ts', import.meta.url)))
  const pid = child.pid ?? 0
  const death = once(child, 'exit').then(() => Promise.reject(new Error('The simulated workers have ended')))
  death.catch(() => undefined)
  const hear = async () => (await Promise.race([once(child, 'message'), death])) as [FleetReport]
  const ask = async (): Promise<FleetReport> => {
    child.send('report')
    return (await hear())[0]
  }
  const waitFor = async (ended: number): Promise<FleetReport & { readonly idle: number[] }> => {
    const idle: number[] = []
    for (;;) {
      const report = await ask()
      idle.push(...report.idleMs)
      if (report.ended >= ended) return { ...report, idle }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const snapshot = async () => ({
    at: performance.now(),
    database: await databaseTimeMs(client),
    worker: processTimeMs(pid),
    transactions: await count(client, `SELECT xact_commit FROM pg_stat_database WHERE datname = 'postgres'`),
  })
  try {
    child.send(order)
    await hear()
    const first = await waitFor(Math.min(2 * order.workers, Math.floor(tasks / 4)))
    const before = await snapshot()
    const last = await waitFor(Math.min(tasks, first.ended + Math.min(Number(values.tasks), Math.floor(tasks / 2))))
    const after = await snapshot()
    if (last.failures.length > 0) process.stdout.write(`attempts that did not succeed: ${last.failures.join('; ')}\n`)
    const measured = last.ended - first.ended
    if (measured < Math.min(tasks / 8, 50))
      throw new Error(`${tasks} tasks ended before they could be measured: fewer workers, or more runs`)
    const idle = last.idle.toSorted((a, b) => a - b)
    return {
      measured,
      perSecond: (1_000 * measured) / (after.at - before.at),
      idleMedianMs: idle[Math.floor(idle.length / 2)] ?? 0,
      idleP99Ms: idle[Math.floor(idle.length * 0.99)] ?? 0,
      statements: (last.statements - first.statements) / measured,
      transactions: (after.transactions - before.transactions) / measured,
      databaseMs: (after.database - before.database) / measured,
      workerMs: (after.worker - before.worker) / measured,
    }
  } finally {
    child.kill('SIGKILL')
    await death.catch(() => undefined)
  }
}

async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows: found } = await client.query<Record<string, string>>(sql)
  return Number(Object.values(found[0] ?? {})[0])
}

function print(row: Row): void {
  if (rows.length === 1) {
    process.stdout.write(
      `${workers} workers with a slot and a short slot each, tasks of ${values['task-ms']} ms, queue on ${values.queue}, load ${loadavg()[0]?.toFixed(1)}\n` +
        '   runs     tasks  submit s  measured  tasks/s  idle p50  idle p99  statements  commits  database ms  workers ms\n',
    )
  }
  const cells = [
    String(row.runs).padStart(7),
    String(row.tasks).padStart(9),
    row.submitSeconds.toFixed(1).padStart(9),
    String(row.measured).padStart(9),
    row.perSecond.toFixed(0).padStart(8),
    row.idleMedianMs.toFixed(0).padStart(9),
    row.idleP99Ms.toFixed(0).padStart(9),
    row.statements.toFixed(1).padStart(11),
    row.transactions.toFixed(1).padStart(8),
    row.databaseMs.toFixed(2).padStart(12),
    row.workerMs.toFixed(2).padStart(11),
  ]
  process.stdout.write(`${cells.join(' ')}\n`)
}

function judge(all: readonly Row[]): void {
  const growth = (of: (row: Row) => number) => {
    const numbers = all.map(of)
    return Math.max(...numbers.slice(1)) / (numbers[0] ?? 1)
  }
  if (all.length < 2) return
  for (const [name, of] of [
    ['statements', (row: Row) => row.statements],
    ['database ms', (row: Row) => row.databaseMs],
    ['workers ms', (row: Row) => row.workerMs],
  ] as const) {
    const times = growth(of)
    process.stdout.write(
      `${name} per task: ${times.toFixed(2)} times the smallest backlog's (aim ${aimGrowth}: ${times <= aimGrowth ? 'met' : 'missed'})\n`,
    )
  }
}
