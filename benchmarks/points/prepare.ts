import { readFile } from 'node:fs/promises'
import type { Store } from '@goalpost/store'
import type pg from 'pg'
import { claimTrainings } from './claim-trainings.ts'
import { fillPoints, type Curve } from './fill-points.ts'

const backfill = new URL(
  '../../prisma/migrations/20261203060100_segments_of_ended_tasks/migration.sql',
  import.meta.url,
)

/** Of `total` points, one curve has a tenth, and a hundred curves have a tenth together; a tenth is of an experiment that ended long ago. */
export type Filled = {
  readonly longest: string
  readonly middle: string
  readonly short: string
  readonly backfillSeconds: number
}

export async function fillTables(store: Store, client: pg.Client, total: number): Promise<Filled> {
  const workspaceId = await store.workspaces.ensure('points')
  const old = await claimTrainings(store, workspaceId, 10)
  await client.query(`CREATE TEMPORARY TABLE old AS SELECT id FROM experiments`)
  const others = await claimTrainings(store, workspaceId, 171)
  const curveOf = ({ taskId }: { taskId: string }, points: number): Curve => ({ taskId, name: 'return', points })
  const curves = [
    ...others.map((claim, at) => curveOf(claim, at === 0 ? total / 10 : at <= 70 ? total / 100 : total / 1_000)),
    ...old.map((claim) => curveOf(claim, total / 100)),
  ]
  await fillPoints(client, curves)
  await fillLogsAndEvents(client, total / 10)
  await endAll(client)
  await client.query('VACUUM ANALYZE')
  const startedAt = performance.now()
  await client.query(await readFile(backfill, 'utf8'))
  const backfillSeconds = (performance.now() - startedAt) / 1_000
  await client.query('VACUUM ANALYZE series_segments')
  const [longest = '', middle = '', short = ''] = [0, 1, 100].map((at) => others[at]?.taskId ?? '')
  return { longest, middle, short, backfillSeconds }
}

/** Log lines of all tasks in turn; of ten events one of the old experiment. */
async function fillLogsAndEvents(client: pg.Client, count: number): Promise<void> {
  await client.query('SET session_replication_role = replica')
  await client.query(
    `INSERT INTO logs (task_id, epoch, at, level, message)
     SELECT t.ids[n % cardinality(t.ids) + 1], 1, now(), 'info', 'a line of a usual length, about so much, number ' || n
     FROM (SELECT array_agg(id) AS ids FROM tasks WHERE kind = 'train') t CROSS JOIN generate_series(1, $1::int) n`,
    [count],
  )
  await client.query(
    `INSERT INTO events (experiment_id, sequence, type, data, at)
     SELECT e.id, 1000000 + n, 'task.state', '{"from":"ready","to":"queued","key":"train"}', now()
     FROM generate_series(1, $1::int) n JOIN experiments e ON (e.id IN (SELECT id FROM old)) = (n % 10 = 0)`,
    [count],
  )
  await client.query('SET session_replication_role = DEFAULT')
}

/** Everything has succeeded; what was submitted first, a hundred days ago. */
async function endAll(client: pg.Client): Promise<void> {
  await client.query(
    `UPDATE tasks SET state = 'succeeded', worker = NULL, lease_until = NULL, result = '{"measures":[],"artifacts":[]}',
       result_hash = repeat('a', 64), manifest = '{}'`,
  )
  await client.query(`UPDATE experiments SET state = 'succeeded'`)
  await client.query(`UPDATE experiments SET updated_at = now() - interval '100 days' WHERE id IN (SELECT id FROM old)`)
  await client.query(
    `UPDATE tasks SET updated_at = now() - interval '100 days'
     WHERE id IN (SELECT task_id FROM experiment_tasks WHERE experiment_id IN (SELECT id FROM old))`,
  )
}
