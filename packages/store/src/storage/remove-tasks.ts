import type { Queries } from '../database/open-database.ts'
import { removeSegments } from '../series/segments.ts'
import { lockWorkspace, type Changes } from '../tasks/change.ts'

/** Curves of this many tasks are deleted in a second or so, for which the workspace is locked. */
const tasksAtOnce = 100

/**
 * Removes ended tasks that nothing has needed since `before`: no experiment has them, no model version names them,
 * and no task that stays needs them. Dependents go first, so the last tasks of a chain are removed before the first.
 */
export async function removeTasks(changes: Changes, before: Date): Promise<number> {
  const workspaces = await changes.run(({ queries }) => affectedWorkspaces(queries, before))
  let removed = 0
  for (const workspaceId of workspaces) {
    for (;;) {
      const count = await changes.run(({ queries }) => removeSome(queries, workspaceId, before))
      if (count === 0) break
      removed += count
    }
  }
  return removed
}

async function affectedWorkspaces(queries: Queries, before: Date): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT workspace_id AS id FROM tasks WHERE unneeded_since < ${before.toISOString()}::timestamptz`
  return rows.map(({ id }) => id)
}

async function removeSome(queries: Queries, workspaceId: string, before: Date): Promise<number> {
  await lockWorkspace(queries, workspaceId)
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
    WHERE t.unneeded_since < ${before.toISOString()}::timestamptz AND t.workspace_id = ${workspaceId}::uuid
      AND t.state IN ('succeeded', 'failed', 'cancelled')
      AND NOT EXISTS (SELECT FROM experiment_tasks l WHERE l.task_id = t.id)
      AND NOT EXISTS (SELECT FROM task_dependencies d WHERE d.needs_task_id = t.id)
      AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = t.id)
      AND NOT EXISTS (SELECT FROM events e WHERE e.task_id = t.id)
    ORDER BY t.id LIMIT ${tasksAtOnce}::int FOR UPDATE`
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await removeSegments(queries, ids)
  await queries.$executeRaw`
    DELETE FROM series_points p USING series s WHERE s.id = p.series_id AND s.task_id = ANY(${ids}::uuid[])`
  await queries.series.deleteMany({ where: { taskId: { in: ids } } })
  await queries.measure.deleteMany({ where: { taskId: { in: ids } } })
  await queries.log.deleteMany({ where: { taskId: { in: ids } } })
  await queries.attempt.deleteMany({ where: { taskId: { in: ids } } })
  await queries.checkpoint.deleteMany({ where: { taskId: { in: ids } } })
  await queries.taskFile.deleteMany({ where: { taskId: { in: ids } } })
  await queries.taskDependency.deleteMany({ where: { taskId: { in: ids } } })
  await queries.task.deleteMany({ where: { id: { in: ids } } })
  return ids.length
}
