import { GoalpostError, type Manifest, type TaskResult } from '@goalpost/contracts'
import { canonicalJson, resultHash, type Claim } from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import { applyCommand } from '../tasks/apply-commands.ts'
import { lockWorkspaceOfTask, type Change } from '../tasks/change.ts'
import { settleDependents } from '../tasks/dependents.ts'
import { lockTasks } from '../tasks/locked-task.ts'
import { registerTaskFiles } from '../storage/register-files.ts'

type Finished = { readonly result: TaskResult; readonly manifest: Manifest }

/** Throws `task-failed` if the result has two values for one measure. */
export async function completeTask(change: Change, claim: Claim, { result, manifest }: Finished): Promise<boolean> {
  refuseTwins(result)
  const { queries } = change
  await lockWorkspaceOfTask(queries, claim.taskId)
  const [task] = await lockTasks(queries, [claim.taskId])
  if (task === undefined) return false
  const decision = await applyCommand(change, task, {
    command: { type: 'complete', epoch: claim.epoch },
    outcome: { result, resultHash: resultHash(result), manifest },
  })
  if (!decision.ok) return false
  await insertMeasures(queries, task.id, result.measures)
  await registerTaskFiles(change, task, { kind: 'result', files: result.artifacts })
  await settleDependents(change, [{ id: task.id, state: decision.next.state }])
  return true
}

function refuseTwins({ measures }: TaskResult): void {
  const seen = new Set<string>()
  for (const { name, labels } of measures) {
    const identity = canonicalJson([name, labels])
    if (seen.has(identity))
      throw new GoalpostError('task-failed', `The result has two values for the measure ${identity}`)
    seen.add(identity)
  }
}

async function insertMeasures(queries: Queries, taskId: string, measures: TaskResult['measures']): Promise<void> {
  if (measures.length === 0) return
  const rows = measures.map(({ name, labels, value, count }, position) => ({
    name,
    labels,
    position,
    count: count ?? null,
    ...(typeof value === 'number' ? { value } : value),
  }))
  await queries.$executeRaw`
    INSERT INTO measures (task_id, name, labels, position, value, missing, count)
    SELECT ${taskId}::uuid, m.* FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb)
      AS m(name text, labels jsonb, position int, value float8, missing text, count int)`
}
