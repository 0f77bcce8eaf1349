/**
 * In which surroundings of PostgreSQL does Goalpost work? For each, what `goalpost doctor` finds, and whether an
 * experiment runs to the result hash of the first. Needs `pgbouncer`. Prints a table.
 *
 *     node benchmarks/surroundings/surroundings.ts [part of a name: only the first and these]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@goalpost/client'
import { errorMessage, type ExperimentView } from '@goalpost/contracts'
import { examineDatabase } from '@goalpost/store'
import { freePort, startPostgresServer } from '@goalpost/testing'
import { startPooler, type PoolerSettings } from '@goalpost/testing/pooler'
import pg from 'pg'
import { keepRunning } from '../../tests/soak/program.ts'

type Surroundings = {
  readonly name: string
  readonly settings?: Readonly<Record<string, string>>
  /** Null: the superuser. */
  readonly role?: string
  readonly pooler?: PoolerSettings
  readonly api?: Readonly<Record<string, string>>
}

const plainRole = 'CREATE ROLE lab LOGIN NOSUPERUSER NOCREATEROLE'
/** The server of tests loses them. */
const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const few = { max_connections: '20' }

const all: readonly Surroundings[] = [
  { name: 'superuser' },
  { name: 'role without superuser', role: plainRole },
  { name: 'role with CREATEROLE', role: 'CREATE ROLE lab LOGIN NOSUPERUSER CREATEROLE' },
  { name: '`max_connections` 20', role: plainRole, settings: few },
  {
    name: '`max_connections` 20, `GOALPOST_DATABASE_POOL=4`',
    role: plainRole,
    settings: few,
    api: { GOALPOST_DATABASE_POOL: '4' },
  },
  {
    name: 'PgBouncer, `pool_mode = session`, `default_pool_size = 40`',
    role: plainRole,
    pooler: { mode: 'session', poolSize: 40 },
  },
  {
    name: 'PgBouncer, `pool_mode = session`, `default_pool_size = 15`',
    role: plainRole,
    pooler: { mode: 'session', poolSize: 15 },
  },
  { name: 'PgBouncer, `pool_mode = transaction`', role: plainRole, pooler: { mode: 'transaction', poolSize: 40 } },
]

const spec = { apiVersion: 'goalpost/v1', protocol: 'goodhart', name: 'surroundings', seeds: 2 }
const apiKey = `gp_${'around'.repeat(8)}`
const limitMs = 60_000

type Seen = { readonly doctor: string; readonly experiment: string; readonly connections: number }

async function look(
  { settings, role, pooler, api }: Surroundings,
  expectedHash: string | null,
): Promise<Seen & { hash: string | null }> {
  const opened = new AsyncDisposableStack()
  try {
    const server = await startPostgresServer({ ...durable, ...settings })
    opened.defer(() => server.close())
    const direct = await prepare(server.url('postgres'), role)
    let url = direct
    if (pooler !== undefined) {
      const started = await startPooler(direct, pooler)
      opened.defer(() => started.close())
      ;({ url } = started)
    }
    const checks = await examineDatabase(url)
    const doctor = checks
      .filter(({ status }) => status !== 'ok')
      .map(({ name, status }) => `${name}: ${status}`)
      .join(', ')
    const run = await runExperiment(url, { api: api ?? {}, opened, observe: server.url('postgres') })
    const hash = run.hash
    const experiment =
      hash === null ? run.end : expectedHash === null || hash === expectedHash ? 'equal hash' : 'ANOTHER HASH'
    return { doctor: doctor === '' ? 'ok' : doctor, experiment, connections: run.connections, hash }
  } finally {
    await opened.disposeAsync()
  }
}

/** The URL of a database of the role's own. */
async function prepare(superuserUrl: string, role: string | undefined): Promise<string> {
  const client = new pg.Client(superuserUrl)
  await client.connect()
  if (role !== undefined) await client.query(role)
  await client.query(`CREATE DATABASE lab ${role === undefined ? '' : 'OWNER lab'}`)
  await client.end()
  const url = new URL(superuserUrl)
  url.pathname = '/lab'
  if (role !== undefined) url.username = 'lab'
  return url.href
}

type Running = {
  readonly api: Readonly<Record<string, string>>
  readonly opened: AsyncDisposableStack
  readonly observe: string
}

/** An API and one worker, and the most connections that they had together. */
async function runExperiment(databaseUrl: string, { api, opened, observe }: Running) {
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-surroundings-'))
  opened.defer(() => rm(folder, { recursive: true, maxRetries: 20, retryDelay: 250 }))
  const environment = {
    DATABASE_URL: databaseUrl,
    ARTIFACTS_URL: pathToFileURL(folder).href,
    GOALPOST_LOG_LEVEL: 'error',
  }
  const port = await freePort()
  const programs = [
    keepRunning('apps/api/src/main.ts', { ...environment, ...api, PORT: String(port), GOALPOST_BOOTSTRAP_KEY: apiKey }),
    keepRunning('apps/worker/src/main.ts', environment),
  ]
  for (const program of programs) opened.defer(() => program.stop())
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey })
  const observer = new pg.Client(observe)
  await observer.connect()
  let connections = 0
  let id: string | null = null
  let end = 'the API does not start'
  const until = Date.now() + limitMs
  while (Date.now() < until) {
    const { rows } = await observer.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = 'lab'`,
    )
    connections = Math.max(connections, rows[0]?.count ?? 0)
    try {
      const view: ExperimentView =
        id === null ? (await client.submit(spec, { idempotencyKey: 'once' })).experiment : await client.experiment(id)
      ;({ id, state: end } = view)
      if (view.resultHash !== null) break
    } catch (error) {
      end = errorMessage(error)
    }
    await delay(300)
  }
  await observer.end()
  const hash = end === 'succeeded' && id !== null ? (await client.experiment(id)).resultHash : null
  const last = programs.map((program) => program.tail().trim().split('\n').at(-1) ?? '').filter((line) => line !== '')
  return { hash, connections, end: hash === null ? `${end}; ${last.join('; ').slice(0, 300)}` : end }
}

console.log('| PostgreSQL | `goalpost doctor` | an experiment | most connections |\n|---|---|---|---:|')
let expectedHash: string | null = null
const wanted = process.argv[2] ?? ''
for (const surroundings of all.filter(({ name }, index) => index === 0 || name.includes(wanted))) {
  const { doctor, experiment, connections, hash } = await look(surroundings, expectedHash)
  expectedHash ??= hash
  console.log(`| ${surroundings.name} | ${doctor} | ${experiment} | ${connections} |`)
}
