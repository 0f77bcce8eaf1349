import type { Retention } from '@goalpost/contracts'
import type { Trimmed } from '@goalpost/experiments'
import { Prisma } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { lockWorkspace, type Changes } from '../tasks/change.ts'

type Kind = keyof Retention
type Due = { readonly workspaceId: string; readonly before: Date }

/** Each batch is a transaction, so that nothing is locked for long. */
const tasksAtOnce = 100
const dayMs = 86_400_000

/** Applies the rules of all workspaces. */
export async function trim(changes: Changes): Promise<Trimmed> {
  const trimmed = { points: 0, logs: 0, events: 0, checkpoints: 0 }
  const rules = await changes.run(({ queries, now }) => readRules(queries, now))
  for (const { kind, ...due } of rules) {
    for (;;) {
      const { items, rows } = await changes.run(({ queries }) => trimmers[kind](queries, due))
      trimmed[kind] += rows
      if (items < tasksAtOnce) break
    }
  }
  return trimmed
}

async function readRules(queries: Queries, now: Date): Promise<(Due & { readonly kind: Kind })[]> {
  const rows = await queries.$queryRaw<{ workspaceId: string; kind: Kind; days: number }[]>`
    SELECT w.id AS "workspaceId", r.kind, r.days FROM workspaces w CROSS JOIN LATERAL (VALUES
      ('points', w.keep_points_days), ('logs', w.keep_logs_days), ('events', w.keep_events_days),
      ('checkpoints', w.keep_checkpoints_days)) AS r(kind, days)
    WHERE r.days IS NOT NULL ORDER BY w.id, r.kind`
  return rows.map(({ workspaceId, kind, days }) => ({
    workspaceId,
    kind,
    before: new Date(now.getTime() - days * dayMs),
  }))
}

/** `items`: the tasks or experiments of the batch. */
type Batch = { readonly items: number; readonly rows: number }

const trimmers: Readonly<Record<Kind, (queries: Queries, due: Due) => Promise<Batch>>> = {
  async points(queries, due) {
    const ids = await finishedTasks(queries, due, {
      states: ['succeeded'],
      which: Prisma.sql`EXISTS (SELECT FROM series s WHERE s.task_id = t.id)`,
    })
    const rows = await queries.$executeRaw`
      DELETE FROM series_points p USING series s WHERE s.id = p.series_id AND s.task_id = ANY(${ids}::uuid[])`
    await queries.series.deleteMany({ where: { taskId: { in: ids } } })
    return { items: ids.length, rows }
  },

  async logs(queries, due) {
    const ids = await finishedTasks(queries, due, {
      states: ['succeeded', 'failed', 'cancelled'],
      which: Prisma.sql`EXISTS (SELECT FROM logs g WHERE g.task_id = t.id)`,
    })
    const { count } = await queries.log.deleteMany({ where: { taskId: { in: ids } } })
    return { items: ids.length, rows: count }
  },

  /** Those of tasks that it no longer has stay: they alone show that a deleted experiment had them. */
  async events(queries, { workspaceId, before }) {
    const removable = Prisma.sql`(v.task_id IS NULL OR EXISTS (
      SELECT FROM experiment_tasks l WHERE l.experiment_id = v.experiment_id AND l.task_id = v.task_id))`
    const found = await queries.$queryRaw<{ id: string }[]>`
      SELECT e.id FROM experiments e
      WHERE e.workspace_id = ${workspaceId}::uuid AND e.state IN ('succeeded', 'failed', 'cancelled')
        AND e.updated_at < ${before.toISOString()}::timestamptz
        AND EXISTS (SELECT FROM events v WHERE v.experiment_id = e.id AND ${removable})
      ORDER BY e.id LIMIT ${tasksAtOnce}::int FOR NO KEY UPDATE SKIP LOCKED`
    const ids = found.map(({ id }) => id)
    const rows = await queries.$executeRaw`
      DELETE FROM events v WHERE v.experiment_id = ANY(${ids}::uuid[]) AND ${removable}`
    return { items: ids.length, rows }
  },

  /** Their files follow when nothing else has needed them for the grace period. */
  async checkpoints(queries, due) {
    await lockWorkspace(queries, due.workspaceId)
    const removable = Prisma.sql`c.step < (SELECT max(step) FROM checkpoints WHERE task_id = c.task_id)
      AND NOT EXISTS (SELECT FROM task_dependencies d WHERE d.needs_task_id = c.task_id AND d.step = c.step)`
    const ids = await finishedTasks(queries, due, {
      states: ['succeeded'],
      which: Prisma.sql`EXISTS (SELECT FROM checkpoints c WHERE c.task_id = t.id AND ${removable})
        AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = t.id)`,
    })
    const rows = await queries.$executeRaw`
      DELETE FROM checkpoints c WHERE c.task_id = ANY(${ids}::uuid[]) AND ${removable}`
    await releaseCheckpointFiles(queries, ids)
    return { items: ids.length, rows }
  },
}

type Which = { readonly states: readonly string[]; readonly which: Prisma.Sql }

/** Tasks whose experiments have all ended and been left alone since then. */
async function finishedTasks(
  queries: Queries,
  { workspaceId, before }: Due,
  { states, which }: Which,
): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.state = ANY(${states}::text[])
      AND t.updated_at < ${before.toISOString()}::timestamptz AND ${which}
      AND NOT EXISTS (SELECT FROM experiment_tasks l JOIN experiments e ON e.id = l.experiment_id
        WHERE l.task_id = t.id
          AND (e.state IN ('waiting', 'running') OR e.updated_at >= ${before.toISOString()}::timestamptz))
    ORDER BY t.id LIMIT ${tasksAtOnce}::int FOR NO KEY UPDATE SKIP LOCKED`
  return rows.map(({ id }) => id)
}

/** A file may also be a part of the result, of a checkpoint that stays, or an input: one row stands for all of these. */
async function releaseCheckpointFiles(queries: Queries, taskIds: readonly string[]): Promise<void> {
  await queries.$executeRaw`
    DELETE FROM task_files f USING tasks t
    WHERE t.id = f.task_id AND f.task_id = ANY(${taskIds}::uuid[]) AND f.kind = 'checkpoint'
      AND NOT EXISTS (SELECT FROM checkpoints c CROSS JOIN LATERAL jsonb_array_elements(c.parts) p
        WHERE c.task_id = f.task_id AND p ->> 'hash' = f.hash)
      AND position(f.hash IN coalesce(t.result::text, '')) = 0 AND position(f.hash IN t.inputs::text) = 0`
}
