import type { Assignment, Checkpoint, Dependency, Resources, TaskJob } from '@goalpost/contracts'
import { offers, type Claimant, type ClaimOutcome } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { applyCommand } from '../tasks/apply-commands.ts'
import type { Change } from '../tasks/change.ts'
import { lockTasks } from '../tasks/locked-task.ts'

/** If several workers claim one job, the row lock admits one at a time, and the epoch only the first. */
export async function claimTask(change: Change, job: TaskJob, worker: Claimant): Promise<ClaimOutcome> {
  const [task] = await lockTasks(change.queries, [job.taskId])
  if (task === undefined) return { ok: false, reason: 'There is no such task' }
  const needs = await readResources(change.queries, job.taskId)
  if (!offers(worker.engines, needs)) {
    await applyCommand(change, task, { command: { type: 'decline', epoch: job.epoch } })
    return { ok: false, reason: `It needs ${needs.engine} on ${needs.device}, which this worker lacks` }
  }
  const command = { type: 'claim', epoch: job.epoch, worker: worker.id, leaseMs: worker.leaseMs } as const
  const decision = await applyCommand(change, task, { command })
  if (!decision.ok) {
    const reason = decision.code === 'stale-epoch' ? 'Another attempt has claimed it' : `It is ${task.lifecycle.state}`
    return { ok: false, reason }
  }
  const assignment = await readAssignment(change.queries, job.taskId)
  const claim = { taskId: job.taskId, epoch: decision.next.epoch }
  return { ok: true, claim, assignment, queuedMs: change.now.getTime() - task.changedAt.getTime() }
}

async function readResources(queries: Queries, taskId: string): Promise<Resources> {
  const { resources } = await queries.task.findUniqueOrThrow({ where: { id: taskId }, select: { resources: true } })
  return fromStored(resources)
}

async function readAssignment(queries: Queries, taskId: string): Promise<Assignment> {
  const task = await queries.task.findUniqueOrThrow({
    where: { id: taskId },
    select: { protocol: true, key: true, kind: true, seed: true, inputs: true, resources: true },
  })
  return {
    taskId,
    protocol: task.protocol,
    key: task.key,
    kind: task.kind,
    seed: task.seed === null ? null : Number(task.seed),
    inputs: fromStored(task.inputs),
    resources: fromStored(task.resources),
    dependencies: await readDependencies(queries, taskId),
    resume: await latestCheckpoint(queries, taskId),
  }
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

async function latestCheckpoint(queries: Queries, taskId: string): Promise<Checkpoint | null> {
  const found = await queries.checkpoint.findFirst({ where: { taskId }, orderBy: { step: 'desc' } })
  return found && { step: Number(found.step), parts: fromStored(found.parts) }
}
