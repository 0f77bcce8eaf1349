import type { Queries } from '../database/open-database.ts'
import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { reviewBlocked, settleDependents } from './dependents.ts'
import { lockTasks } from './locked-task.ts'
import { revive } from './revive.ts'

/**
 * Recomputes the dependencies of a task that wrote the missing files, and blocks the task until then. Equal
 * computations leave equal bytes, so dependents that have succeeded stay as they are. The workspace must be locked.
 */
export async function recomputeLost(change: Change, taskId: string, missing: readonly string[]): Promise<void> {
  const { queries } = change
  const sources = await lockTasks(queries, await sourcesOf(queries, taskId, missing))
  if (sources.length === 0) return
  const ids = sources.map(({ id }) => id)
  await dropCheckpoints(queries, ids, missing)
  const affected = await lockTasks(queries, await withdrawLost(queries, ids))
  const blocked = await applyToAll(change, affected, () => ({ type: 'block' }))
  const over = sources.filter(({ lifecycle: { state } }) => state === 'failed' || state === 'cancelled')
  const invalidated = await applyToAll(
    change,
    sources.filter((source) => !over.includes(source)),
    () => ({ type: 'invalidate' }),
  )
  const doomed = await reviewBlocked(
    change,
    invalidated.map(({ id }) => id),
  )
  await revive(change, over, {})
  // A task that still ran after its cancellation has ended now.
  const stopped = [...blocked, ...invalidated].map(({ id, lifecycle }) => ({ id, state: lifecycle.state }))
  await settleDependents(change, [...doomed, ...stopped])
}

/** Only direct dependencies: if their own dependencies are lost, they will find out themselves. */
async function sourcesOf(queries: Queries, taskId: string, missing: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT n.id FROM task_dependencies d JOIN tasks n ON n.id = d.needs_task_id
    CROSS JOIN unnest(${missing}::text[]) AS m(hash)
    WHERE d.task_id = ${taskId}::uuid AND (
      n.result -> 'artifacts' @> jsonb_build_array(jsonb_build_object('hash', m.hash))
      OR EXISTS (SELECT FROM checkpoints c WHERE c.task_id = n.id AND c.step = d.step
        AND c.parts @> jsonb_build_array(jsonb_build_object('hash', m.hash))))`
  return rows.map(({ id }) => id)
}

/** Later ones too: a training that resumes from them would never write the lost one again. */
async function dropCheckpoints(queries: Queries, taskIds: readonly string[], missing: readonly string[]) {
  await queries.$executeRaw`
    DELETE FROM checkpoints c USING (
      SELECT l.task_id, min(l.step) AS step FROM checkpoints l
      JOIN unnest(${missing}::text[]) AS m(hash) ON l.parts @> jsonb_build_array(jsonb_build_object('hash', m.hash))
      WHERE l.task_id = ANY(${taskIds}::uuid[]) GROUP BY l.task_id) lost
    WHERE c.task_id = lost.task_id AND c.step >= lost.step`
}

/** Withdraws ends and checkpoints that are gone. Returns the tasks that need them. */
async function withdrawLost(queries: Queries, taskIds: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ task_id: string }[]>`
    UPDATE task_dependencies d SET satisfied = false FROM tasks n
    WHERE n.id = d.needs_task_id AND n.id = ANY(${taskIds}::uuid[]) AND d.satisfied AND CASE d.readiness
      WHEN 'checkpoint' THEN NOT EXISTS (SELECT FROM checkpoints c WHERE c.task_id = n.id AND c.step = d.step)
      ELSE n.state = 'succeeded' END
    RETURNING d.task_id`
  return [...new Set(rows.map((row) => row.task_id))]
}
