import type { TaskState } from '@goalpost/contracts'
import { isEnded } from '@goalpost/experiments'
import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { lockTasks } from './locked-task.ts'

type EndedTask = { readonly id: string; readonly state: TaskState }

/**
 * Makes ready whatever these ends were the last thing missing for, and fails whatever can no longer get what it needs,
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

/** The dependents of a checkpoint need not wait for the end of what stores it. The workspace must be locked. */
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

/** Unblocks those of the given tasks that have all they need, fails those that never will; returns the failed ones. */
export async function reviewBlocked(change: Change, taskIds: readonly string[]): Promise<EndedTask[]> {
  if (taskIds.length === 0) return []
  const { queries } = change
  const open = await queries.$queryRaw<{ task_id: string; doomed: boolean }[]>`
    SELECT d.task_id, bool_or(n.state IN ('succeeded', 'failed', 'cancelled')) AS doomed
    FROM task_dependencies d JOIN tasks n ON n.id = d.needs_task_id
    WHERE d.task_id = ANY(${taskIds}::uuid[]) AND NOT d.satisfied
    GROUP BY d.task_id`
  const doomed = new Map(open.map((row) => [row.task_id, row.doomed]))
  const decidable = taskIds.filter((id) => doomed.get(id) !== false)
  const reviewed = await applyToAll(change, await lockTasks(queries, decidable), ({ id }) =>
    doomed.get(id)
      ? { type: 'abandon', message: 'A task that this one needs ended without what was needed of it' }
      : { type: 'unblock' },
  )
  return reviewed
    .filter(({ lifecycle }) => isEnded(lifecycle.state))
    .map(({ id, lifecycle }) => ({ id, state: lifecycle.state }))
}
