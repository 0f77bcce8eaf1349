import {
  attemptView,
  manifest as manifestSchema,
  taskState,
  type AttemptView,
  type TaskView,
} from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'

export async function readTask(queries: Queries, workspaceId: string, id: string): Promise<TaskView | null> {
  const task = await queries.task.findFirst({ where: { id, workspaceId } })
  if (task === null) return null
  const reused = await queries.experimentTask.findFirst({
    where: { taskId: id, reused: true },
    select: { taskId: true },
  })
  return {
    id,
    key: task.key,
    kind: task.kind,
    state: taskState.parse(task.state),
    attempts: task.epoch,
    reused: reused !== null,
    progress: fromStored(task.progress),
    identity: task.identity,
    protocol: task.protocol,
    seed: task.seed === null ? null : Number(task.seed),
    inputs: fromStored(task.inputs),
    resources: fromStored(task.resources),
    needs: await readNeeds(queries, id),
    attemptHistory: await readAttempts(queries, id),
    failure: fromStored(task.failure),
    result: fromStored(task.result),
    resultHash: task.resultHash,
    manifest: readManifest(task.manifest),
    notices: [],
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
  }
}

/** Null for manifests that an earlier version wrote in another form: the result is still valid. */
function readManifest(stored: unknown): TaskView['manifest'] {
  const parsed = manifestSchema.safeParse(stored)
  return parsed.success ? parsed.data : null
}

async function readNeeds(queries: Queries, taskId: string): Promise<TaskView['needs']> {
  const needs = await queries.taskDependency.findMany({ where: { taskId }, orderBy: { key: 'asc' } })
  return needs.map(({ key, needsTaskId, readiness, step }) => ({
    key,
    taskId: needsTaskId,
    when: step === null ? readiness : `${readiness} ${step}`,
  }))
}

async function readAttempts(queries: Queries, taskId: string): Promise<AttemptView[]> {
  const attempts = await queries.attempt.findMany({ where: { taskId }, orderBy: { epoch: 'asc' } })
  return attempts.map(({ epoch, worker, startedAt, endedAt, outcome, failure }) => ({
    epoch,
    worker,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    outcome: attemptView.shape.outcome.parse(outcome),
    failure: fromStored(failure),
  }))
}
