import { setTimeout as sleep } from 'node:timers/promises'
import type { Claim } from '@goalpost/experiments'
import type { Store } from '@goalpost/store'
import type pg from 'pg'
import { claimTrainings } from './claim-trainings.ts'
import { quantile } from './curves.ts'

const days = 30
const actor = { key: null, address: null }
const batchPoints = 1_000
const betweenBatchesMs = 20
const aloneMs = 3_000

export type Size = { readonly tableMb: number; readonly indexMb: number }

export type Trimming = {
  readonly seconds: number
  readonly removed: number
  /** What recording a batch takes meanwhile, and took before, in milliseconds. */
  readonly alone: readonly number[]
  readonly beside: readonly number[]
  /** Of others than the writer, on the table while it was trimmed. */
  readonly locks: readonly string[]
  readonly before: Size
  readonly after: Size
  readonly vacuumed: Size
  readonly vacuumSeconds: number
}

export type Rule = 'points' | 'logs' | 'events'
const tables = { points: 'series_points', logs: 'logs', events: 'events' } as const

/** Applies a rule of retention to what is due, beside a training that goes on to report. */
export async function trimOldest(store: Store, client: pg.Client, rule: Rule): Promise<Trimming> {
  const workspaceId = await store.workspaces.ensure('points')
  const [claim] = await claimTrainings(store, workspaceId, 1)
  if (claim === undefined) throw new Error('Nothing was claimed')
  const before = await readSize(client, tables[rule])
  const alone = await recordWhile(store, claim, sleep(aloneMs))
  await store.retention.setRetention(workspaceId, { [rule]: days }, actor)
  const startedAt = performance.now()
  const trimming = store.files.trim()
  const [times, locks] = await Promise.all([
    recordWhile(store, claim, trimming),
    seenLocks(client, tables[rule], trimming),
  ])
  const removed = (await trimming)[rule]
  const seconds = (performance.now() - startedAt) / 1_000
  await store.retention.setRetention(workspaceId, { [rule]: null }, actor)
  const after = await readSize(client, tables[rule])
  const vacuumedAt = performance.now()
  await client.query(`VACUUM ${tables[rule]}`)
  const vacuumSeconds = (performance.now() - vacuumedAt) / 1_000
  const vacuumed = await readSize(client, tables[rule])
  return { seconds, removed, alone: shown(alone), beside: shown(times), locks, before, after, vacuumed, vacuumSeconds }
}

const shown = (times: readonly number[]) => [0.5, 0.99, 1].map((share) => quantile(times, share))

export async function readSize(client: pg.Client, table: string): Promise<Size> {
  const { rows } = await client.query<{ tableMb: number; indexMb: number }>(
    `SELECT sum(pg_table_size(c.oid))::float8 / 1e6 AS "tableMb", sum(pg_indexes_size(c.oid))::float8 / 1e6 AS "indexMb"
     FROM (SELECT relid FROM pg_partition_tree($1) UNION SELECT $1::regclass) t JOIN pg_class c ON c.oid = t.relid`,
    [table],
  )
  return rows[0] ?? { tableMb: 0, indexMb: 0 }
}

let step = 0

async function recordWhile(store: Store, claim: Claim, work: Promise<unknown>): Promise<number[]> {
  const isDone = doneOf(work)
  const times: number[] = []
  while (!isDone()) {
    const points = Array.from({ length: batchPoints }, () => ({ series: 'beside', labels: {}, x: ++step, value: 1 }))
    const startedAt = performance.now()
    await store.ledger.recordSeries(claim, points)
    times.push(performance.now() - startedAt)
    await sleep(betweenBatchesMs)
  }
  return times
}

async function seenLocks(client: pg.Client, table: string, work: Promise<unknown>): Promise<string[]> {
  const isDone = doneOf(work)
  const seen = new Set<string>()
  while (!isDone()) {
    const { rows } = await client.query<{ mode: string }>(
      `SELECT DISTINCT mode FROM pg_locks
       WHERE locktype = 'relation' AND relation = $1::regclass AND granted AND pid <> pg_backend_pid()`,
      [table],
    )
    for (const { mode } of rows) seen.add(mode)
    await sleep(5)
  }
  return [...seen].toSorted()
}

function doneOf(work: Promise<unknown>): () => boolean {
  let done = false
  const end = () => void (done = true)
  work.then(end, end)
  return () => done
}
