/**
 * How fast the API answers about a model of many versions, each tested by three gates:
 * `node benchmarks/registry.ts [versions] [part of a name]`. Requests come one after another over one connection; API and client share
 * this process, whose processor time is that of both; PostgreSQL has its own. Beside them the median of a plain SQL query for the same rows.
 */
import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { buildApi } from '../apps/api/src/app.ts'
import { createKey } from '../apps/api/test/create-key.ts'
import { bearer, createDependencies } from '../apps/api/test/harness.ts'
import { fillModel } from './registry/fill-model.ts'
import { databaseTimeMs } from './registry/processor-time.ts'

const versions = Number(process.argv[2] ?? 10_000)
const only = process.argv[3] ?? ''
const repetitions = 100
const warmUps = 20
const aimMs = 50

const server = await startPostgresServer()
const url = server.url('postgres')
await migrate(url)
const store = createStore({ url, poolSize: 4 })
const { deps, close } = await createDependencies(store, url)
const api = await buildApi(deps)
const origin = await api.listen({ port: 0, host: '127.0.0.1' })
const headers = bearer(await createKey(store, { workspace: 'benchmark', scope: 'read' }))
const workspaceId = await store.workspaces.ensure('benchmark')
await fillModel({ url, workspaceId, versions })
const plain = new pg.Client({ connectionString: url })
await plain.connect()

const listed = (where: string) =>
  `SELECT * FROM model_versions WHERE model_id = $1 AND ${where} ORDER BY number DESC LIMIT 51`
const onset = `SELECT DISTINCT ON (r.version) r.version, n.step, r.judgements FROM gate_runs r JOIN gates g ON g.id = r.gate_id
  LEFT JOIN model_versions n ON n.model_id = $1 AND n.number = r.version
  WHERE g.workspace_id = $1 AND g.name = 'kept' ORDER BY r.version DESC, r.id DESC LIMIT 301`
const deep = '/v1/models/mouse/versions?limit=200'
const { nextCursor } = JSON.parse(await get(deep)) as { nextCursor: string }

type Case = { readonly name: string; readonly path: string; readonly sql?: string }
const cases: readonly Case[] = [
  { name: 'models: one page', path: '/v1/models' },
  { name: 'one model', path: '/v1/models/mouse' },
  { name: 'versions: first page of 50', path: '/v1/models/mouse/versions?limit=50', sql: listed('deleted_at IS NULL') },
  {
    name: 'versions: a later page of 50',
    path: `/v1/models/mouse/versions?limit=50&cursor=${nextCursor}`,
    sql: listed(`deleted_at IS NULL AND number < ${versions - 200}`),
  },
  { name: 'versions: page of 200', path: deep },
  { name: 'versions with a tag that one in a thousand has', path: '/v1/models/mouse/versions?limit=50&tag=rare' },
  {
    name: 'the latest version',
    path: '/v1/models/mouse/versions/latest',
    sql: 'SELECT * FROM model_versions WHERE model_id = $1 ORDER BY number DESC LIMIT 1',
  },
  {
    name: 'a version by alias',
    path: '/v1/models/mouse/versions/candidate',
    sql: `SELECT v.* FROM model_aliases a JOIN model_versions v USING (model_id, number) WHERE a.model_id = $1`,
  },
  { name: 'a version by number', path: `/v1/models/mouse/versions/${Math.ceil(versions / 2)}` },
  { name: 'history of aliases', path: '/v1/models/mouse/history?limit=50' },
  { name: 'runs of a gate: page of 50', path: '/v1/gates/kept/runs?limit=50' },
  { name: 'onset curves: kept by the newest version', path: '/v1/gates/kept/onset', sql: onset },
  { name: 'onset curves: violated since version 1 in 100', path: '/v1/gates/rotted/onset' },
  { name: 'onset curves: kept by no version', path: '/v1/gates/never/onset' },
]

const [load = 0] = loadavg()
console.log(`load ${load.toFixed(1)}, ${repetitions} requests each`)
console.log(
  `| ${versions.toLocaleString('en-US')} versions | p50, ms | p95, ms | processor: API, ms | PostgreSQL, ms | plain SQL, p50, ms |\n|---|--:|--:|--:|--:|--:|`,
)
let slowest = 0
for (const { name, path, sql } of cases.filter((each) => each.name.includes(only))) {
  const { p50, p95, processor, database } = await measure(() => get(path))
  const without = sql === undefined ? '' : (await measure(() => plain.query(fill(sql)))).p50.toFixed(1)
  slowest = Math.max(slowest, p95)
  console.log(
    `| ${name} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${processor.toFixed(1)} | ${database.toFixed(1)} | ${without} |`,
  )
}
console.log(`slowest p95: ${slowest.toFixed(1)} ms; aim: below ${aimMs} ms`)
await plain.end()
await api.close()
await close()
await store.close()
await server.close()

async function get(path: string): Promise<string> {
  const answer = await fetch(origin + path, { headers })
  const text = await answer.text()
  if (answer.ok) return text
  throw new Error(`${path}: ${answer.status} ${text}`)
}

/** The workspace's id is also the model's. */
function fill(sql: string): string {
  return sql.replaceAll('$1', `'${workspaceId}'`)
}

async function measure(call: () => Promise<unknown>) {
  for (let warmUp = 0; warmUp < warmUps; warmUp++) await call()
  const times: number[] = []
  const databaseBefore = await databaseTimeMs(plain)
  const before = process.cpuUsage()
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const started = performance.now()
    await call()
    times.push(performance.now() - started)
  }
  const { user, system } = process.cpuUsage(before)
  const database = ((await databaseTimeMs(plain)) - databaseBefore) / repetitions
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.floor(share * repetitions)] ?? 0
  return { p50: quantile(0.5), p95: quantile(0.95), processor: (user + system) / 1_000 / repetitions, database }
}
