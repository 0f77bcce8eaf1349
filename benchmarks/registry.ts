/**
 * How fast the model registry answers for a model of many versions: `node benchmarks/registry.ts [versions]`. Prints the
 * median and the slowest of repeated calls of the store, over a real PostgreSQL.
 */
import { performance } from 'node:perf_hooks'
import { createStore, migrate } from '@goalpost/store'
import { startPostgresServer } from '@goalpost/testing'
import pg from 'pg'

const versions = Number(process.argv[2] ?? 10_000)
const repetitions = 50

const server = await startPostgresServer()
const url = server.url('postgres')
await migrate(url)
const store = createStore({ url, poolSize: 4 })
const workspaceId = await store.workspaces.ensure('benchmark')
await fill(workspaceId)

const model = { workspaceId, model: 'mouse' }
const page = { limit: 50 }
const cursor = (await store.models.versions(model, { limit: 200 }))?.nextCursor ?? undefined

const calls: Record<string, () => Promise<unknown>> = {
  'models: one page': () => store.models.models(workspaceId, page),
  'one model': () => store.models.model(model),
  'versions: first page of 50': () => store.models.versions(model, page),
  'versions: a later page of 50': () => store.models.versions(model, { ...page, cursor }),
  'versions: page of 200': () => store.models.versions(model, { limit: 200 }),
  'versions with a tag that one in a thousand has': () => store.models.versions(model, { ...page, tag: 'rare' }),
  'the latest version': () => store.models.version({ ...model, version: 'latest' }),
  'a version by alias': () => store.models.version({ ...model, version: 'candidate' }),
  'a version by number': () => store.models.version({ ...model, version: Math.ceil(versions / 2) }),
  'history of aliases': () => store.models.aliasMoves(model, page),
}

console.log(`| ${versions.toLocaleString('en-US')} versions | median, ms | slowest, ms |\n|---|--:|--:|`)
for (const [name, call] of Object.entries(calls)) {
  const times = await measure(call)
  console.log(`| ${name} | ${(times[repetitions / 2] ?? 0).toFixed(1)} | ${(times.at(-1) ?? 0).toFixed(1)} |`)
}
await store.close()
await server.close()

/** Ascending, in milliseconds, after one call to warm up. */
async function measure(call: () => Promise<unknown>): Promise<number[]> {
  await call()
  const times: number[] = []
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const started = performance.now()
    await call()
    times.push(performance.now() - started)
  }
  return times.toSorted((a, b) => a - b)
}

/** Inserted in bulk: registering one by one takes minutes and is not what is measured. */
async function fill(workspace: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const hash = `encode(sha256(convert_to('file ' || n, 'UTF8')), 'hex')`
  const numbers = `generate_series(1, ${versions}) AS n`
  await client.query(
    `INSERT INTO artifacts SELECT $1, ${hash}, 'policy-' || n || '.onnx', 1000, 'application/onnx' FROM ${numbers}`,
    [workspace],
  )
  await client.query(
    `INSERT INTO models (id, workspace_id, name, revision, latest_number, version_count, created_at, updated_at)
    VALUES ($1, $1, 'mouse', 1, ${versions}, ${versions}, now(), now())`,
    [workspace],
  )
  await client.query(
    `INSERT INTO model_versions (id, model_id, workspace_id, number, artifact_hash, step, metadata, tags, created_at)
    SELECT gen_random_uuid(), $1, $1, n, ${hash}, n * 1000, '{"lr": 0.001}',
      CASE WHEN n % 1000 = 0 THEN ARRAY['nightly', 'rare'] ELSE ARRAY['nightly'] END, now() FROM ${numbers}`,
    [workspace],
  )
  await client.query(`INSERT INTO model_aliases VALUES ($1, 'candidate', ${versions}, now())`, [workspace])
  await client.query(
    `INSERT INTO model_alias_moves (model_id, alias, from_number, to_number, at)
    SELECT $1, 'candidate', nullif(n - 1, 0), n, now() FROM ${numbers}`,
    [workspace],
  )
  await client.query('ANALYZE')
  await client.end()
}
