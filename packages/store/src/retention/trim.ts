import type { Retention } from '@goalpost/contracts'
import type { Trimmed } from '@goalpost/experiments'
import { Prisma } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { removeSegments } from '../series/segments.ts'
import { lockWorkspace, type Changes } from '../tasks/change.ts'

type Kind = keyof Retention
type Due = { readonly workspaceId: string; readonly before: Date }
type Rule = Due & { readonly kind: Kind }

/** One scan finds this many tasks or experiments; a batch of them is a transaction, so that nothing is locked for long. */
const foundAtOnce = 10_000
const batchSize = 100
/** Rows that one statement deletes. */
const rowsAtOnce = 10_000
const dayMs = 86_400_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** Applies the rules of all workspaces. A rule that fails does not keep the others from being applied; the first error is thrown at the end. */
export async function trim(changes: Changes): Promise<Trimmed> {
  const trimmed = { points: 0, logs: 0, events: 0, checkpoints: 0 }
  const errors: unknown[] = []
  for (const rule of await changes.run(({ queries, now }) => readRules(queries, now))) {
    try {
      const rows = await apply(changes, rule)
      trimmed[rule.kind] += rows
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return trimmed
}

/** Each scan continues behind the last id of the one before. Returns the rows that were removed. */
async function apply(changes: Changes, { kind, ...due }: Rule): Promise<number> {
  const { find } = trimmers[kind]
  let rows = 0
  for (let after = firstId; ;) {
    const which = Prisma.sql`AND t.id > ${after}::uuid ORDER BY t.id LIMIT ${foundAtOnce}::int`
    const ids = await changes.run(({ queries }) => find(queries, due, which))
    for (let start = 0; start < ids.length; start += batchSize)
      rows += await removeBatch(changes, { kind, ...due }, ids.slice(start, start + batchSize))
    const last = ids.at(-1)
    if (last === undefined || ids.length < foundAtOnce) return rows
    after = last
  }
}

/** Locks what was found, if it is still due: it may have been needed again since the scan. */
async function removeBatch(changes: Changes, { kind, ...due }: Rule, found: readonly string[]): Promise<number> {
  const { find, remove, locksWorkspace = false } = trimmers[kind]
  const which = Prisma.sql`AND t.id = ANY(${found}::uuid[]) ORDER BY t.id FOR NO KEY UPDATE SKIP LOCKED`
  for (let rows = 0; ;) {
    const removed = await changes.run(async ({ queries }) => {
      if (locksWorkspace) await lockWorkspace(queries, due.workspaceId)
      const ids = await find(queries, due, which)
      return ids.length === 0 ? nothing : remove(queries, ids)
    })
    rows += removed.rows
    if (!removed.more) return rows
  }
}

async function readRules(queries: Queries, now: Date): Promise<Rule[]> {
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

/** `more`: as many rows were removed as one transaction may, so some may be left. */
type Removed = { readonly rows: number; readonly more: boolean }

const nothing: Removed = { rows: 0, more: false }
const removedOf = (rows: number): Removed => ({ rows, more: rows >= rowsAtOnce })

type Trimmer = {
  /** Ids of the tasks or experiments (`t`) that are due and have something to remove; `which` ends the statement. */
  readonly find: (queries: Queries, due: Due, which: Prisma.Sql) => Promise<string[]>
  /** Removes up to `rowsAtOnce` rows of theirs. */
  readonly remove: (queries: Queries, ids: readonly string[]) => Promise<Removed>
  readonly locksWorkspace?: boolean
}

/** Those of tasks that it no longer has stay: they alone show that a deleted experiment had them. */
const removableEvent = Prisma.sql`(v.task_id IS NULL OR EXISTS (
  SELECT FROM experiment_tasks l WHERE l.experiment_id = v.experiment_id AND l.task_id = v.task_id))`

const removableCheckpoint = Prisma.sql`c.step < (SELECT max(step) FROM checkpoints WHERE task_id = c.task_id)
  AND NOT EXISTS (SELECT FROM task_dependencies d WHERE d.needs_task_id = c.task_id AND d.step = c.step)`

/** As a literal, not a parameter: PostgreSQL then uses the index of succeeded tasks. */
const succeeded = Prisma.sql`t.state = 'succeeded'`

const trimmers: Readonly<Record<Kind, Trimmer>> = {
  points: {
    find: (queries, due, which) =>
      finishedTasks(queries, due, {
        are: Prisma.sql`${succeeded} AND EXISTS (SELECT FROM series s WHERE s.task_id = t.id)`,
        which,
      }),
    async remove(queries, ids) {
      // All segments before any point: a curve is read from those that it has, and from the points behind them.
      const segments = await removeSegments(queries, ids, rowsAtOnce)
      if (segments >= rowsAtOnce) return { rows: 0, more: true }
      const room = rowsAtOnce - segments
      const rows = await queries.$executeRaw`
        DELETE FROM series_points WHERE ctid = ANY(ARRAY(
          SELECT p.ctid FROM series_points p JOIN series s ON s.id = p.series_id
          WHERE s.task_id = ANY(${ids}::uuid[]) LIMIT ${room}::int))`
      if (rows < room) await queries.series.deleteMany({ where: { taskId: { in: [...ids] } } })
      return { rows, more: rows >= room }
    },
  },

  logs: {
    find: (queries, due, which) =>
      finishedTasks(queries, due, {
        are: Prisma.sql`t.state IN ('succeeded', 'failed', 'cancelled')
          AND EXISTS (SELECT FROM logs g WHERE g.task_id = t.id)`,
        which,
      }),
    remove: async (queries, ids) =>
      removedOf(
        await queries.$executeRaw`
          DELETE FROM logs WHERE ctid = ANY(ARRAY(
            SELECT g.ctid FROM logs g WHERE g.task_id = ANY(${ids}::uuid[]) LIMIT ${rowsAtOnce}::int))`,
      ),
  },

  events: {
    async find(queries, { workspaceId, before }, which) {
      const rows = await queries.$queryRaw<{ id: string }[]>`
        SELECT t.id FROM experiments t
        WHERE t.workspace_id = ${workspaceId}::uuid AND t.state IN ('succeeded', 'failed', 'cancelled')
          AND t.updated_at < ${before.toISOString()}::timestamptz
          AND EXISTS (SELECT FROM events v WHERE v.experiment_id = t.id AND ${removableEvent}) ${which}`
      return rows.map(({ id }) => id)
    },
    remove: async (queries, ids) =>
      removedOf(
        await queries.$executeRaw`
          DELETE FROM events WHERE ctid = ANY(ARRAY(
            SELECT v.ctid FROM events v WHERE v.experiment_id = ANY(${ids}::uuid[]) AND ${removableEvent}
            LIMIT ${rowsAtOnce}::int))`,
      ),
  },

  /** Their files follow when nothing else has needed them for the grace period. */
  checkpoints: {
    locksWorkspace: true,
    find: (queries, due, which) =>
      finishedTasks(queries, due, {
        are: Prisma.sql`${succeeded}
          AND EXISTS (SELECT FROM checkpoints c WHERE c.task_id = t.id AND ${removableCheckpoint})
          AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = t.id)`,
        which,
      }),
    async remove(queries, ids) {
      const rows = await queries.$executeRaw`
        DELETE FROM checkpoints WHERE ctid = ANY(ARRAY(
          SELECT c.ctid FROM checkpoints c WHERE c.task_id = ANY(${ids}::uuid[]) AND ${removableCheckpoint}
          LIMIT ${rowsAtOnce}::int))`
      await releaseCheckpointFiles(queries, ids)
      return removedOf(rows)
    },
  },
}

type Finished = { readonly are: Prisma.Sql; readonly which: Prisma.Sql }

/** Tasks whose experiments have all ended and been left alone since then. */
async function finishedTasks(queries: Queries, due: Due, { are, which }: Finished): Promise<string[]> {
  const before = due.before.toISOString()
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
    WHERE t.workspace_id = ${due.workspaceId}::uuid AND ${are} AND t.updated_at < ${before}::timestamptz
      AND NOT EXISTS (SELECT FROM experiment_tasks l JOIN experiments e ON e.id = l.experiment_id
        WHERE l.task_id = t.id AND (e.state IN ('waiting', 'running') OR e.updated_at >= ${before}::timestamptz))
    ${which}`
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
