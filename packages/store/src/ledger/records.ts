import type { Checkpoint, LogLevel } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import { jsonRows, storableText } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { applyCommand } from '../tasks/apply-commands.ts'
import type { Change } from '../tasks/change.ts'
import { satisfyCheckpoint } from '../tasks/dependents.ts'
import { registerTaskFiles } from '../storage/register-files.ts'
import type { LockedTask } from '../tasks/locked-task.ts'

type LogLine = { readonly at: string; readonly level: LogLevel; readonly message: string }

export async function insertLogs(queries: Queries, claim: Claim, lines: readonly LogLine[]): Promise<void> {
  const rows = lines.map(({ at, level, message }) => ({ at, level, message: storableText(message) }))
  await queries.$executeRaw`
    INSERT INTO logs (task_id, epoch, at, level, message)
    SELECT ${claim.taskId}::uuid, ${claim.epoch}::int, l.at, l.level, l.message
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS l(at timestamptz, level text, message text)`
}

export async function storeCheckpoint(
  change: Change,
  task: LockedTask,
  { claim, checkpoint }: { claim: Claim; checkpoint: Checkpoint },
): Promise<void> {
  const { queries, now } = change
  const { step, parts } = checkpoint
  // A row that was updated has the xmax of this transaction (PostgreSQL 18, system columns): one that was inserted has
  // none.
  const [row] = await queries.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO checkpoints (task_id, step, epoch, parts, created_at)
    VALUES (${task.id}::uuid, ${step}::bigint, ${claim.epoch}::int, ${JSON.stringify(parts)}::jsonb,
      ${now.toISOString()}::timestamptz)
    ON CONFLICT (task_id, step) DO UPDATE SET epoch = excluded.epoch, parts = excluded.parts, created_at = excluded.created_at
    RETURNING xmax = 0 AS "isNew"`
  if (row?.isNew && task.lifecycle.infrastructureFailures > 0 && (await isFurther(queries, task.id, step)))
    await applyCommand(change, task, { command: { type: 'advance', epoch: claim.epoch } })
  await registerTaskFiles(change, task, { kind: 'checkpoint', files: parts })
  change.taskEvents.push({ type: 'task.checkpoint', taskId: task.id, data: { step } })
  await satisfyCheckpoint(change, { taskId: task.id, step })
}

/** Whether the step is beyond the last one that the task had reached when it lost a checkpoint. */
async function isFurther(queries: Queries, id: string, step: number): Promise<boolean> {
  const task = await queries.task.findUnique({ where: { id }, select: { lostStep: true } })
  const lostStep = task?.lostStep ?? null
  return lostStep === null || step > lostStep
}
