import type { Queries } from '../database/open-database.ts'
import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { reviewBlocked, settleDependents } from './dependents.ts'
import { lockTasks, type LockedTask } from './locked-task.ts'

/**
 * An experiment whose row does not show yet that it does (or does not) want the tasks: the transaction will change it.
 */
export type Wish = { readonly wantedBy?: string; readonly notWantedBy?: string }

/**
 * Restarts the failed and cancelled ones of these tasks, and tasks that depended on their end: dependents
 * that were given up, analyses that ran despite a failure. The workspace must be locked.
 */
export async function revive(change: Change, tasks: readonly LockedTask[], wish: Wish): Promise<void> {
  const { queries } = change
  const retried = await applyToAll(change, tasks, () => ({ type: 'retry' }))
  const revived = new Set<string>()
  let wave = retried.filter(({ lifecycle }) => lifecycle.state === 'blocked').map(({ id }) => id)
  while (wave.length > 0) {
    for (const id of wave) revived.add(id)
    const outdated = await withdrawFrom(queries, wave)
    const invalid = await lockTasks(queries, outdated)
    const abandoned = await lockTasks(queries, await abandonedFor(queries, wave))
    // A cancelled dependent stays cancelled until it is requested; its missing dependencies are recorded by now.
    const invalidated = await applyToAll(
      change,
      invalid.filter(({ lifecycle }) => lifecycle.state !== 'cancelled'),
      () => ({ type: 'invalidate' }),
    )
    const reopened = await applyToAll(change, abandoned, () => ({ type: 'retry' }))
    wave = [...invalidated, ...reopened].map(({ id }) => id).filter((id) => !revived.has(id))
  }
  await cancelUnwanted(change, [...revived], wish)
  await settleDependents(change, await reviewBlocked(change, [...revived]))
}

/** Marks needs as no longer met; a stored checkpoint stays. Returns the tasks with these needs. */
async function withdrawFrom(queries: Queries, taskIds: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ task_id: string }[]>`
    UPDATE task_dependencies SET satisfied = false
    WHERE needs_task_id = ANY(${taskIds}::uuid[]) AND satisfied AND readiness <> 'checkpoint'
    RETURNING task_id`
  return [...new Set(rows.map((row) => row.task_id))]
}

/** Tasks that failed with an unmet need: because of it, not through their own fault. */
async function abandonedFor(queries: Queries, taskIds: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT t.id FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
    WHERE d.needs_task_id = ANY(${taskIds}::uuid[]) AND NOT d.satisfied AND t.state = 'failed'`
  return rows.map(({ id }) => id)
}

/** Cancels the given tasks that no active experiment wants. The workspace must be locked. */
export async function cancelUnwanted(change: Change, taskIds: readonly string[], wish: Wish): Promise<void> {
  if (taskIds.length === 0) return
  const { queries } = change
  const unwanted = await queries.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t
    WHERE t.id = ANY(${taskIds}::uuid[]) AND t.state IN ('blocked', 'ready', 'queued', 'running')
      AND NOT EXISTS (
        SELECT FROM experiment_tasks l JOIN experiments e ON e.id = l.experiment_id
        WHERE l.task_id = t.id AND (e.cancelled_at IS NULL OR e.id = ${wish.wantedBy ?? null}::uuid)
          AND e.id IS DISTINCT FROM ${wish.notWantedBy ?? null}::uuid)`
  const locked = await lockTasks(
    queries,
    unwanted.map(({ id }) => id),
  )
  const cancelled = await applyToAll(change, locked, () => ({ type: 'cancel' }))
  await settleDependents(
    change,
    cancelled.map(({ id, lifecycle }) => ({ id, state: lifecycle.state })),
  )
}
