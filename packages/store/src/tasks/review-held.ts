import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { reviewBlocked, settleDependents } from './dependents.ts'
import { lockTasks } from './locked-task.ts'
import type { Wish } from './revive.ts'

/** Holds the given tasks that only paused experiments want, and lets the others go on. The workspace must be locked. */
export async function reviewHeld(change: Change, taskIds: readonly string[], wish: Wish = {}): Promise<void> {
  if (taskIds.length === 0) return
  const { queries } = change
  const outdated = await queries.$queryRaw<{ id: string; hold: boolean }[]>`
    SELECT id, hold FROM (
      SELECT t.id, t.held, coalesce((
        SELECT bool_and(e.paused_at IS NOT NULL) FROM experiment_tasks l JOIN experiments e ON e.id = l.experiment_id
        WHERE l.task_id = t.id AND (e.cancelled_at IS NULL OR e.id = ${wish.wantedBy ?? null}::uuid)
          AND e.id IS DISTINCT FROM ${wish.notWantedBy ?? null}::uuid), false) AS hold
      FROM tasks t WHERE t.id = ANY(${taskIds}::uuid[])) reviewed
    WHERE held <> hold`
  const toHold = new Set(outdated.filter(({ hold }) => hold).map(({ id }) => id))
  const locked = await lockTasks(
    queries,
    outdated.map(({ id }) => id),
  )
  const reviewed = await applyToAll(change, locked, ({ id }) => ({ type: toHold.has(id) ? 'hold' : 'unhold' }))
  const freed = reviewed.filter(({ id }) => !toHold.has(id)).map(({ id }) => id)
  await settleDependents(change, await reviewBlocked(change, freed))
}
