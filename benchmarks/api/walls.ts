/**
 * What row-level security costs a request: the same requests to two APIs on one database, with and without it, in turn.
 * `one caller` stays in one workspace, so its connections keep their view; `two callers` alternate, which costs each
 * statement another one. The curve has 100,000 points.
 *
 *     node benchmarks/api/walls.ts [requests]
 */
import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { buildApi } from '../../apps/api/src/app.ts'
import { createKey } from '../../apps/api/test/create-key.ts'
import { bearer, createDependencies, spec } from '../../apps/api/test/harness.ts'

const requests = Number(process.argv[2] ?? 300)
const points = 100_000

const server = await startPostgresServer()
const databaseUrl = server.url('postgres')
await migrate(databaseUrl)

async function open(confined: boolean) {
  const store = createStore({ url: databaseUrl, poolSize: 4, confined })
  const { deps, close } = await createDependencies(store, databaseUrl)
  return { api: await buildApi(deps), store, close }
}
const [plain, walled] = [await open(false), await open(true)]

const keys = [
  await createKey(plain.store, { workspace: 'one', scope: 'manage' }),
  await createKey(plain.store, { workspace: 'two', scope: 'manage' }),
]
const made: { id: string; task: string; etag: string }[] = []
for (const key of keys) {
  const request = {
    method: 'POST',
    url: '/v1/experiments',
    headers: bearer(key),
    payload: { ...spec, seeds: 15 },
  } as const
  const created = await plain.api.inject(request)
  const { id, runs } = created.json<{ id: string; runs: { tasks: { id: string }[] }[] }>()
  made.push({ id, task: runs[0]?.tasks[0]?.id ?? '', etag: String(created.headers.etag) })
}
await addCurve(made[0]?.task ?? '')

async function addCurve(task: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query("INSERT INTO series (task_id, name, labels) VALUES ($1, 'return', '{}')", [task])
  await client.query(
    'INSERT INTO series_points (series_id, x, value) SELECT s.id, x, 0.5 FROM series s, generate_series(1, $1::int) x',
    [points],
  )
  await client.query('ANALYZE')
  await client.end()
}

type Made = (typeof made)[number]
const workloads: readonly (readonly [
  string,
  (made: Made) => { url: string; headers?: Record<string, string> },
  number,
])[] = [
  [
    'poll, unchanged (304)',
    ({ id, etag }) => ({ url: `/v1/experiments/${id}`, headers: { 'if-none-match': etag } }),
    1,
  ],
  ['an experiment of 30 runs', ({ id }) => ({ url: `/v1/experiments/${id}` }), 1],
  ['list of experiments', () => ({ url: '/v1/experiments' }), 1],
  ['a curve of 100,000 points', ({ task }) => ({ url: `/v1/tasks/${task}/series?maxPoints=500` }), 0.05],
]

async function time(api: typeof plain.api, request: object): Promise<number> {
  const begun = performance.now()
  const { statusCode, body } = await api.inject(request)
  if (statusCode >= 400) throw new Error(body)
  return performance.now() - begun
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
const shown = (times: readonly number[]): string => median(times).toFixed(2).padStart(9)

process.stdout.write(
  `${''.padEnd(28)}${['without', 'one', 'two'].map((title) => title.padStart(9)).join('')}   ms, median\n`,
)
for (const [name, request, share] of workloads) {
  const times = { plain: [] as number[], one: [] as number[], two: [] as number[] }
  for (let asked = 0; asked < Math.max(5, requests * share); asked++) {
    const [mine, theirs] = made.map((each, index) => {
      const { url, headers = {} } = request(each)
      return { url, headers: { ...bearer(keys[index] ?? ''), ...headers } }
    })
    if (mine === undefined || theirs === undefined) throw new Error('two workspaces are needed')
    times.plain.push(await time(plain.api, mine))
    await time(walled.api, mine)
    times.one.push(await time(walled.api, mine))
    await time(walled.api, theirs)
    times.two.push(await time(walled.api, mine))
  }
  process.stdout.write(`${name.padEnd(28)}${shown(times.plain)}${shown(times.one)}${shown(times.two)}\n`)
}

for (const { api, close, store } of [plain, walled]) {
  await api.close()
  await close()
  await store.close()
}
await server.close()
