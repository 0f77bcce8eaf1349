import type { ExperimentState, ExperimentSummary, JsonObject, ResolvedSpec } from '@goalpost/contracts'
import { experimentHash, type Page, type StoredExperiment } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Experiment } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { toRunView, runColumns } from './run-views.ts'
import { tasksOfExperiment, toTaskSummary, type TaskRow } from './task-rows.ts'
import { readTiming } from './timing.ts'

export type ListQuery = { state?: ExperimentState; protocol?: string; name?: string; cursor?: string; limit: number }

/** Newest first. `name` is any part of the name, in any case. */
export async function listExperiments(
  queries: Queries,
  workspaceId: string,
  { state, protocol, name, cursor, limit }: ListQuery,
): Promise<Page<ExperimentSummary>> {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.experiment.findMany({
    where: {
      workspaceId,
      ...(state === undefined ? {} : { state }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(name === undefined ? {} : { name: { contains: literally(name), mode: 'insensitive' as const } }),
      ...(before === undefined ? {} : { id: { lt: String(before) } }),
    },
    // What a list does not show is the bulk of the row.
    omit: { spec: true, resolved: true },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, { item: toSummary, position: ({ id }) => [id] })
}

/** Reads everything in one snapshot, so that the revision is that of what is shown. */
export async function readExperiment(
  queries: Queries,
  workspaceId: string,
  id: string,
): Promise<StoredExperiment | null> {
  const experiment = await queries.experiment.findFirst({ where: { id, workspaceId } })
  if (experiment === null) return null
  const tasks = await tasksOfExperiment(queries, id)
  const runs = await queries.run.findMany({ where: { experimentId: id }, orderBy: { id: 'asc' }, select: runColumns })
  const tasksByRun = await runTasksOf(queries, id, tasks)
  const runViews = runs.map((run) => toRunView(run, tasksByRun.get(run.id) ?? []))
  const shared = sharedTasks(tasks, tasksByRun)
  return {
    ...toSummary(experiment),
    spec: experiment.spec as JsonObject,
    resolved: experiment.resolved as unknown as ResolvedSpec,
    runs: runViews,
    sharedTasks: shared.map(toTaskSummary),
    resultHash: experimentHash(runViews, shared),
    needs: needsOf(tasks),
    timing: await readTiming(queries, tasks, { workspaceId, runsOf: runsByTask(tasksByRun) }),
    notices: [],
    links: {},
  }
}

function needsOf(tasks: Awaited<ReturnType<typeof tasksOfExperiment>>): StoredExperiment['needs'] {
  const waiting = tasks.filter(({ state }) => state === 'blocked' || state === 'ready' || state === 'queued')
  const distinct = new Map(waiting.map(({ engine, device }) => [`${device} ${engine}`, { engine, device }]))
  return [...distinct.values()]
}

/** The tasks of every run under the run's own names for them. */
async function runTasksOf(queries: Queries, experimentId: string, tasks: readonly TaskRow[]) {
  const links = await queries.$queryRaw<{ runId: string; key: string; taskId: string }[]>`
    SELECT l.run_id AS "runId", l.key, l.task_id AS "taskId" FROM runs r JOIN run_tasks l ON l.run_id = r.id
    WHERE r.experiment_id = ${experimentId}::uuid ORDER BY l.run_id, l.position`
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const byRun = new Map<string, TaskRow[]>()
  for (const { runId, key, taskId } of links) {
    const task = byId.get(taskId)
    if (task === undefined) continue
    const own = byRun.get(runId) ?? []
    own.push({ ...task, key })
    byRun.set(runId, own)
  }
  return byRun
}

function runsByTask(byRun: ReadonlyMap<string, readonly TaskRow[]>): Map<string, string[]> {
  const runs = new Map<string, string[]>()
  for (const [run, tasks] of byRun) for (const { id } of tasks) runs.set(id, [...(runs.get(id) ?? []), run])
  return runs
}

/** Those of no run, and those of more than one. */
function sharedTasks(tasks: readonly TaskRow[], byRun: ReadonlyMap<string, readonly TaskRow[]>): TaskRow[] {
  const uses = new Map<string, number>()
  for (const own of byRun.values()) for (const { id } of own) uses.set(id, (uses.get(id) ?? 0) + 1)
  return tasks.filter(({ id }) => uses.get(id) !== 1)
}

function toSummary(row: Omit<Experiment, 'spec' | 'resolved'>): ExperimentSummary {
  return {
    id: row.id,
    name: row.name,
    protocol: row.protocol,
    state: row.state as ExperimentState,
    labels: row.labels as Record<string, string>,
    priority: row.priority,
    conditions: row.conditionCount,
    seeds: row.seedCount,
    tasks: {
      blocked: row.tasksBlocked,
      ready: row.tasksReady,
      queued: row.tasksQueued,
      running: row.tasksRunning,
      succeeded: row.tasksSucceeded,
      failed: row.tasksFailed,
      cancelled: row.tasksCancelled,
    },
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** Prisma passes `contains` to LIKE, in which `%` and `_` stand for anything. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
