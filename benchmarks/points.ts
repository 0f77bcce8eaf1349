/**
 * Curves, logs and events at scale, in a table of ten million points:
 *
 *     node benchmarks/points.ts [--points 10000000] [--parts ingestion,curves,training,retention,partitions] [--writers 4]
 *
 * `ingestion`: what a worker calls for a batch of points, against COPY into the same table, in turn. `curves`: requests to the confined API,
 * against the plain SELECT of the whole curve, with a check that no peak is lost. `training`: the curves of all runs of an experiment. `retention`: the oldest tenth is
 * removed beside a training that reports. `partitions`: the same table in partitions. PostgreSQL writes as durably as it does by default.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { SeriesView } from '@goalpost/contracts'
import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { buildApi } from '../apps/api/src/app.ts'
import { createKey } from '../apps/api/test/create-key.ts'
import { bearer, createDependencies } from '../apps/api/test/harness.ts'
import { quantile, readCurve } from './points/curves.ts'
import { fillPoints } from './points/fill-points.ts'
import { copyPoints, recordPoints, type Rate } from './points/ingestion.ts'
import { comparePartitions } from './points/partitions.ts'
import { fillTables, type Filled } from './points/prepare.ts'
import { readSize, trimOldest, type Size } from './points/retention.ts'

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '10000000' },
    parts: { type: 'string', default: 'ingestion,curves,training,retention,partitions' },
    writers: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '8' },
    repetitions: { type: 'string', default: '100' },
  },
})
const total = Number(values.points)
const parts = values.parts.split(',')
const rounds = 3
const aimMs = 100

const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const server = await startPostgresServer({
  ...durable,
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  autovacuum: 'off',
})
const url = server.url('postgres')
await migrate(url)
const store = createStore({ url, poolSize: 8 })
const client = new pg.Client({ connectionString: url })
await client.connect()
const print = (line: string) => void process.stdout.write(`${line}\n`)
const ms = (numbers: readonly number[]) => numbers.map((number) => number.toFixed(1)).join(' / ')

const filled = await fillTables(store, client, total)
print(
  `${total} points, load ${loadavg()[0]?.toFixed(1)}; the migration made segments in ${filled.backfillSeconds.toFixed(1)} s`,
)
if (parts.includes('ingestion')) await ingest()
if (parts.includes('curves')) await read(filled)
if (parts.includes('training')) await training()
if (parts.includes('partitions')) for (const line of await comparePartitions(client)) print(line)
if (parts.includes('retention')) await retain()

await client.end()
await store.close()
await server.close()

async function ingest(): Promise<void> {
  const under = { store, url, client }
  const measured = { writers: Number(values.writers), seconds: Number(values.seconds) / rounds }
  for (const shape of [
    { curves: 20, points: 50 },
    { curves: 1, points: 1_000 },
    { curves: 20, points: 1 },
  ]) {
    const [recorded, copied]: [Rate[], Rate[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      copied.push(await copyPoints(under, shape, measured))
      recorded.push(await recordPoints(under, shape, measured))
    }
    const median = (rates: readonly Rate[], of: keyof Rate) =>
      quantile(
        rates.map((rate) => rate[of]),
        0.5,
      )
    print(
      `batches of ${shape.curves} × ${shape.points}, ${measured.writers} writers: ${median(recorded, 'perSecond').toFixed(0)} points/s ` +
        `(${recorded.map(({ perSecond }) => perSecond.toFixed(0)).join(', ')}), PostgreSQL ${median(recorded, 'databaseMs').toFixed(1)} ms for 1,000; ` +
        `COPY ${median(copied, 'perSecond').toFixed(0)}, ${median(copied, 'databaseMs').toFixed(1)} ms; ` +
        `ratio ${(median(recorded, 'perSecond') / median(copied, 'perSecond')).toFixed(2)}`,
    )
  }
}

async function openApi() {
  const confined = createStore({ url, poolSize: 4, confined: true })
  const { deps, close } = await createDependencies(confined, url)
  const api = await buildApi(deps)
  const headers = bearer(await createKey(store, { workspace: 'points', scope: 'read' }))
  const get = async <T>(path: string): Promise<T> => {
    const response = await api.inject({ url: path, headers })
    if (response.statusCode !== 200) throw new Error(response.body)
    return response.json<T>()
  }
  return { get, close: async () => [await api.close(), await close(), await confined.close()] }
}

async function read({ longest, middle, short }: Filled): Promise<void> {
  const api = await openApi()
  const series = (taskId: string, maxPoints: number) =>
    api.get<SeriesView>(`/v1/tasks/${taskId}/series?maxPoints=${maxPoints}`)
  for (const [taskId, points] of [
    [short, total / 1_000],
    [middle, total / 100],
    [longest, total / 10],
  ] as const)
    for (const maxPoints of [500, 10_000]) {
      const asked = { taskId, maxPoints, repetitions: Number(values.repetitions) }
      const { p50, p99, plainP50, returned, lost } = await readCurve(client, series, asked)
      if (lost !== null || p99 > aimMs) process.exitCode = 1
      print(
        `a curve of ${points} points as ${returned} of at most ${maxPoints}: ${ms([p50, p99])} ms (p50, p99), ${lost ?? 'no peak lost'}; ` +
          `plain SELECT ${plainP50.toFixed(1)} ms, ratio ${(p50 / plainP50).toFixed(2)}`,
      )
    }
  await api.close()
}

/** Of the experiment with the oldest runs: ten curves of a hundredth of the points each. */
async function training(): Promise<void> {
  const api = await openApi()
  const { rows } = await client.query<{ id: string }>('SELECT id FROM old')
  const times: number[] = []
  for (let repetition = 0; repetition < 5; repetition++) {
    const startedAt = performance.now()
    await api.get(`/v1/experiments/${rows[0]?.id}/training`)
    times.push(performance.now() - startedAt)
  }
  print(`ten curves of ${total / 100} points on one axis: ${ms([quantile(times, 0.5)])} ms`)
  await api.close()
}

async function retain(): Promise<void> {
  const size = ({ tableMb, indexMb }: Size) => `${tableMb.toFixed(0)} + ${indexMb.toFixed(0)} MB`
  for (const rule of ['points', 'logs', 'events'] as const) {
    const trimmed = await trimOldest(store, client, rule)
    print(
      `${rule}: ${trimmed.removed} removed in ${trimmed.seconds.toFixed(1)} s; a batch beside it took ${ms(trimmed.beside)} ms (p50, p99, most), ` +
        `alone ${ms(trimmed.alone)}; locks ${trimmed.locks.join(', ')}; table and indexes ${size(trimmed.before)}, after it ${size(trimmed.after)}, ` +
        `vacuumed ${size(trimmed.vacuumed)} in ${trimmed.vacuumSeconds.toFixed(1)} s`,
    )
    if (rule !== 'points') continue
    await fillPoints(client, [{ taskId: filled.short, name: 'as many again', points: trimmed.removed }])
    print(`with as many new points: ${size(await readSize(client, 'series_points'))}`)
  }
}
