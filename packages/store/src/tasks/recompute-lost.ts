import type { Claim } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { insertLogs } from '../ledger/records.ts'
import { applyToAll } from './apply-commands.ts'
import type { Change } from './change.ts'
import { reviewBlocked, settleDependents } from './dependents.ts'
import { lockTasks } from './locked-task.ts'
import { revive } from './revive.ts'

/** What a task has missed twice. `startAgain`: do not try its own earlier checkpoints. */
export type LostFiles = { readonly missing: readonly string[]; readonly startAgain: boolean }

/**
 * Recomputes the dependencies of a task that wrote the missing files, and blocks the task until then. Checkpoints of the
 * task itself that hold them are dropped: it continues from an earlier one. Equal computations leave equal bytes, so
 * dependents that have succeeded stay as they are. The workspace must be locked.
 */
export async function recomputeLost(change: Change, claim: Claim, lost: LostFiles): Promise<void> {
  const { queries } = change
  const sources = await lockTasks(queries, await sourcesOf(queries, claim.taskId, lost.missing))
  const ids = sources.map(({ id }) => id)
  await dropCheckpoints(queries, ids, lost.missing)
  await dropOwnCheckpoints(change, claim, lost)
  const affected = await lockTasks(queries, await withdrawLost(queries, [claim.taskId, ...ids]))
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

/** Later ones too: a training that resumes from them would never write the lost one again. Returns the first steps lost. */
async function dropCheckpoints(queries: Queries, taskIds: readonly string[], missing: readonly string[]) {
  const rows = await queries.$queryRaw<{ step: number }[]>`
    WITH lost AS (
      SELECT l.task_id, min(l.step) AS step FROM checkpoints l
      JOIN unnest(${missing}::text[]) AS m(hash) ON l.parts @> jsonb_build_array(jsonb_build_object('hash', m.hash))
      WHERE l.task_id = ANY(${taskIds}::uuid[]) GROUP BY l.task_id),
    dropped AS (DELETE FROM checkpoints c USING lost WHERE c.task_id = lost.task_id AND c.step >= lost.step)
    SELECT step::float8 FROM lost`
  return rows.map(({ step }) => step)
}

/** The task's log says what it loses: up to the whole computation. */
async function dropOwnCheckpoints({ queries, now }: Change, claim: Claim, { missing, startAgain }: LostFiles) {
  const { taskId } = claim
  const before = await queries.checkpoint.aggregate({ where: { taskId }, _max: { step: true } })
  const [step] = await dropCheckpoints(queries, [taskId], missing)
  if (step === undefined) return
  await noteLostStep(queries, taskId, before._max.step)
  if (startAgain) await queries.checkpoint.deleteMany({ where: { taskId } })
  const left = await queries.checkpoint.aggregate({ where: { taskId }, _max: { step: true } })
  const from = left._max.step
  const next = from === null ? 'starting again' : `continuing from the one at step ${from}`
  const message = `The checkpoint at step ${step} is damaged or missing: ${next}`
  await insertLogs(queries, claim, [{ at: now.toISOString(), level: 'warn', message }])
}

/** Reaching the same checkpoints again does not restore the budget, so a training that never gets further ends. */
async function noteLostStep(queries: Queries, taskId: string, step: bigint | null): Promise<void> {
  await queries.$executeRaw`
    UPDATE tasks SET lost_step = greatest(lost_step, ${step}::bigint) WHERE id = ${taskId}::uuid`
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
