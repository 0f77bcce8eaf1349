import type { Change } from '../tasks/change.ts'

/**
 * Those of the tasks that no experiment has any more will be removed after a grace period, unless a model version names
 * them, or tasks that stay need them. They must be locked.
 */
export async function noteUnneeded({ queries, now }: Change, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length === 0) return
  await queries.$executeRaw`
    UPDATE tasks t SET unneeded_since = ${now.toISOString()}::timestamptz
    WHERE t.id = ANY(${taskIds}::uuid[]) AND t.unneeded_since IS NULL
      AND NOT EXISTS (SELECT FROM experiment_tasks l WHERE l.task_id = t.id)
      AND NOT EXISTS (SELECT FROM model_versions v WHERE v.task_id = t.id)`
  await queries.$executeRaw`
    WITH RECURSIVE kept AS (
      SELECT n.id FROM tasks n JOIN task_dependencies d ON d.needs_task_id = n.id JOIN tasks t ON t.id = d.task_id
      WHERE n.id = ANY(${taskIds}::uuid[]) AND n.unneeded_since IS NOT NULL AND t.unneeded_since IS NULL
      UNION SELECT d.needs_task_id FROM kept k JOIN task_dependencies d ON d.task_id = k.id
    )
    UPDATE tasks SET unneeded_since = NULL WHERE id IN (SELECT id FROM kept) AND unneeded_since IS NOT NULL`
}
