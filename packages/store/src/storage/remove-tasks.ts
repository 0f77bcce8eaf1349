import { Prisma } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { removeSegments } from '../series/segments.ts'
import { lockWorkspace, type Changes } from '../tasks/change.ts'

const tasksAtOnce = 100
/** Rows that one transaction deletes, in a second or so, for which the workspace is locked. */
const rowsAtOnce = 10_000

/**
 * Removes ended tasks that nothing has needed since `before`: no experiment has them, no model version names them,
 * and no task that stays needs them. Dependents go first, so the last tasks of a chain are removed before the first.
 */
export async function removeTasks(changes: Changes, before: Date): Promise<number> {
  const workspaces = await changes.run(({ queries }) => affectedWorkspaces(queries, before))
  let removed = 0
  for (const workspaceId of workspaces)
    for (let more = true; more;) {
      const done = await changes.run(({ queries }) => removeSome(queries, workspaceId, before))
      removed += done.tasks
      more = done.more
    }
  return removed
}

async function affectedWorkspaces(queries: Queries, before: Date): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT workspace_id AS id FROM tasks WHERE unneeded_since < ${before.toISOString()}::timestamptz`
  return rows.map(({ id }) => id)
}

/** `more`: there may be more to remove. */
type Removed = { readonly tasks: number; readonly more: boolean }

async function removeSome(queries: Queries, workspaceId: string, before: Date): Promise<Removed> {
  await lockWorkspace(queries, workspaceId)
  const ids = await findRemovable(queries, workspaceId, before)
  if (ids.length === 0) return { tasks: 0, more: false }
  await giveUp(queries, ids)
  if (!(await removeRows(queries, ids))) return { tasks: 0, more: true }
  await queries.task.deleteMany({ where: { id: { in: ids } } })
  return { tasks: ids.length, more: true }
}

async function findRemovable(queries: Queries, workspaceId: string, before: Date): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
    WHERE t.unneeded_since < ${before.toISOString()}::timestamptz AND t.workspace_id = ${workspaceId}::uuid
      AND t.state IN ('succeeded', 'failed', 'cancelled')
      AND NOT EXISTS (SELECT FROM experiment_tasks l WHERE l.task_id = t.id)
      AND NOT EXISTS (SELECT FROM task_dependencies d WHERE d.needs_task_id = t.id)
      AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = t.id)
      AND NOT EXISTS (SELECT FROM events e WHERE e.task_id = t.id)
    ORDER BY t.id LIMIT ${tasksAtOnce}::int FOR UPDATE`
  return rows.map(({ id }) => id)
}

/** A task that loses its rows in several transactions must not be found meanwhile by an experiment that needs an equal one. */
async function giveUp(queries: Queries, ids: readonly string[]): Promise<void> {
  await queries.$executeRaw`
    UPDATE tasks SET salt = 'removed ' || id WHERE id = ANY(${ids}::uuid[]) AND salt <> 'removed ' || id`
}

/** All that refers to a task, points before their curves. */
const tables = ['series', 'measures', 'logs', 'attempts', 'checkpoints', 'task_files', 'task_dependencies']

/** False if the limit was reached first. */
async function removeRows(queries: Queries, ids: readonly string[]): Promise<boolean> {
  let room = rowsAtOnce - (await removeSegments(queries, ids, rowsAtOnce))
  if (room <= 0) return false
  room -= await queries.$executeRaw`
    DELETE FROM series_points WHERE ctid = ANY(ARRAY(
      SELECT p.ctid FROM series_points p JOIN series s ON s.id = p.series_id
      WHERE s.task_id = ANY(${ids}::uuid[]) LIMIT ${room}::int))`
  for (const name of tables) {
    if (room <= 0) return false
    const table = Prisma.raw(name)
    room -= await queries.$executeRaw`
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} WHERE task_id = ANY(${ids}::uuid[]) LIMIT ${room}::int))`
  }
  return room > 0
}
