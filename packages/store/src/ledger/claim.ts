import type { Assignment, Dependency, TaskJob } from '@goalpost/contracts'
import { offers, type Claimant, type ClaimOutcome } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { applyCommand } from '../tasks/apply-commands.ts'
import type { Change } from '../tasks/change.ts'
import { lockTasks } from '../tasks/locked-task.ts'

/** If several workers claim one job, the row lock admits one at a time, and the epoch only the first. */
export async function claimTask(change: Change, job: TaskJob, worker: Claimant): Promise<ClaimOutcome> {
  const [task] = await lockTasks(change.queries, [job.taskId])
  if (task === undefined) return { ok: false, reason: 'There is no such task' }
  const { trace, ...details } = await readDetails(change.queries, job.taskId)
  const { engine, device } = details.resources
  if (!offers(worker.engines, details.resources)) {
    await applyCommand(change, task, { command: { type: 'decline', epoch: job.epoch } })
    return { ok: false, reason: `It needs ${engine} on ${device}, which this worker lacks` }
  }
  const command = { type: 'claim', epoch: job.epoch, worker: worker.id, leaseMs: worker.leaseMs } as const
  const decision = await applyCommand(change, task, { command })
  if (!decision.ok) {
    const reason = decision.code === 'stale-epoch' ? 'Another attempt has claimed it' : `It is ${task.lifecycle.state}`
    return { ok: false, reason }
  }
  const dependencies = await readDependencies(change.queries, job.taskId)
  return {
    ok: true,
    claim: { taskId: job.taskId, epoch: decision.next.epoch },
    assignment: { taskId: job.taskId, ...details, dependencies },
    queuedMs: change.now.getTime() - task.changedAt.getTime(),
    trace,
  }
}

type Details = Omit<Assignment, 'taskId' | 'dependencies'> & { readonly trace: string | null }

/** One statement, as every claim makes it. The experiment that the task's turn counts for may be deleted since. */
async function readDetails(queries: Queries, taskId: string): Promise<Details> {
  const [row] = await queries.$queryRaw<[Details]>`
    SELECT t.workspace_id AS "workspaceId", t.protocol, t.key, t.kind, t.seed::float8 AS seed, t.inputs, t.resources, e.trace, (
      SELECT jsonb_build_object('step', c.step, 'parts', c.parts) FROM checkpoints c
      WHERE c.task_id = t.id ORDER BY c.step DESC LIMIT 1) AS resume
    FROM tasks t LEFT JOIN experiments e ON e.id = t.share_id WHERE t.id = ${taskId}::uuid`
  return row
}

/** A task that needs a checkpoint does not see the result: whether there is one yet depends on the moment. */
async function readDependencies(queries: Queries, taskId: string): Promise<Dependency[]> {
  return queries.$queryRaw<Dependency[]>`
    SELECT d.key, n.identity, n.inputs, n.state,
      CASE WHEN d.readiness = 'checkpoint' THEN NULL ELSE n.result END AS result,
      CASE WHEN c.step IS NULL THEN NULL ELSE jsonb_build_object('step', c.step, 'parts', c.parts) END AS checkpoint
    FROM task_dependencies d
    JOIN tasks n ON n.id = d.needs_task_id
    LEFT JOIN checkpoints c ON c.task_id = n.id AND c.step = d.step
    WHERE d.task_id = ${taskId}::uuid ORDER BY d.key`
}
