import type { TaskState } from '@goalpost/contracts'
import { isEnded } from '@goalpost/experiments'
import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { lockTasks } from './locked-task.ts'

type EndedTask = { readonly id: string; readonly state: TaskState }

/**
 * Makes tasks ready that now have everything they need, and fails tasks that can no longer get it,
 * and so on down the graph. The workspace must be locked.
 */
export async function settleDependents(change: Change, ended: readonly EndedTask[]): Promise<void> {
  let wave = ended.filter(({ state }) => isEnded(state))
  while (wave.length > 0) {
    const { queries } = change
    const succeeded = wave.filter(({ state }) => state === 'succeeded').map(({ id }) => id)
    const ids = wave.map(({ id }) => id)
    await queries.$executeRaw`
      UPDATE task_dependencies SET satisfied = true
      WHERE needs_task_id = ANY(${ids}::uuid[]) AND NOT satisfied
        AND (readiness = 'settled' OR (readiness = 'succeeded' AND needs_task_id = ANY(${succeeded}::uuid[])))`
    const waiting = await queries.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT t.id FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
      WHERE d.needs_task_id = ANY(${ids}::uuid[]) AND t.state = 'blocked'`
    wave = await reviewBlocked(
      change,
      waiting.map(({ id }) => id),
    )
  }
}

/** The dependents of a checkpoint need not wait for the end of its task. The workspace must be locked. */
export async function satisfyCheckpoint(change: Change, needed: { taskId: string; step: number }): Promise<void> {
  const dependents = await change.queries.$queryRaw<{ task_id: string }[]>`
    UPDATE task_dependencies SET satisfied = true
    WHERE needs_task_id = ${needed.taskId}::uuid AND readiness = 'checkpoint' AND step = ${needed.step}::bigint
      AND NOT satisfied
    RETURNING task_id`
  await reviewBlocked(
    change,
    dependents.map((row) => row.task_id),
  )
}

/** Unblocks the given tasks that have all they need, fails those that never will; returns the failed ones. */
export async function reviewBlocked(change: Change, taskIds: readonly string[]): Promise<EndedTask[]> {
  if (taskIds.length === 0) return []
  const { queries } = change
  const outlook = await queries.$queryRaw<{ id: string; doomed: boolean }[]>`
    SELECT id, doomed FROM (
      SELECT t.id,
        EXISTS (SELECT FROM task_dependencies d WHERE d.task_id = t.id AND NOT d.satisfied) AS waiting,
        EXISTS (
          SELECT FROM task_dependencies d JOIN tasks n ON n.id = d.needs_task_id
          WHERE d.task_id = t.id AND NOT d.satisfied AND d.readiness IN ('succeeded', 'checkpoint')
            AND n.state IN ('succeeded', 'failed', 'cancelled')) AS doomed
      FROM unnest(${taskIds}::uuid[]) AS t(id)) outlook
    WHERE doomed OR NOT waiting`
  const doomed = new Set(outlook.filter((row) => row.doomed).map(({ id }) => id))
  const locked = await lockTasks(
    queries,
    outlook.map(({ id }) => id),
  )
  const reviewed = await applyToAll(change, locked, ({ id }) =>
    doomed.has(id)
      ? { type: 'abandon', message: 'A task that this one needs ended without the required output' }
      : { type: 'unblock' },
  )
  return reviewed
    .filter(({ lifecycle }) => isEnded(lifecycle.state))
    .map(({ id, lifecycle }) => ({ id, state: lifecycle.state }))
}
