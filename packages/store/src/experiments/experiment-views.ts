import { experimentState, type ExperimentState, type ExperimentSummary } from '@goalpost/contracts'
import { experimentHash, type Page, type StoredExperiment } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { literally } from '../database/literally.ts'
import type { Experiment } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { toRunView, runColumns } from './run-views.ts'
import { readVerdicts, summariseVerdicts } from './verdicts.ts'
import { tasksOfExperiment, toTaskSummary, type TaskRow } from './task-rows.ts'
import { readTiming } from './timing.ts'

export type ListQuery = {
  readonly state?: ExperimentState
  readonly protocol?: string
  readonly name?: string
  readonly verdict?: string
  readonly cursor?: string
  readonly limit: number
}

/** Newest first. `name` is any part of the name, in any case; `verdict` is the name of one of its verdicts. */
export async function listExperiments(
  queries: Queries,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<ExperimentSummary>> {
  const ids = await matchingIds(queries, workspaceId, query)
  const rows = await queries.experiment.findMany({
    where: { id: { in: ids } },
    // These are most of the row, and a list does not show them.
    omit: { spec: true, resolved: true },
    orderBy: { id: 'desc' },
  })
  const verdicts = await summariseVerdicts(queries, ids)
  return pageOf(rows, query.limit, {
    item: (row) => ({ ...toSummary(row), verdicts: [...(verdicts.get(row.id) ?? [])] }),
    position: ({ id }) => [id],
  })
}

/** One more than the page has, if there are more. */
async function matchingIds(queries: Queries, workspaceId: string, query: ListQuery): Promise<string[]> {
  const [cursor = null] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['id'])
  const { state = null, protocol = null, verdict = null, limit } = query
  const name = query.name === undefined ? null : `%${literally(query.name)}%`
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM experiments e
    WHERE e.workspace_id = ${workspaceId}::uuid
      AND (${cursor}::uuid IS NULL OR e.id < ${cursor}::uuid)
      AND (${state}::text IS NULL OR e.state = ${state}::text)
      AND (${protocol}::text IS NULL OR e.protocol = ${protocol}::text)
      AND (${name}::text IS NULL OR e.name ILIKE ${name}::text)
      AND (${verdict}::text IS NULL OR EXISTS (SELECT FROM verdicts v
        WHERE v.workspace_id = e.workspace_id AND v.name = ${verdict}::text AND v.experiment_id = e.id))
    ORDER BY e.id DESC LIMIT ${limit + 1}::int`
  return rows.map(({ id }) => id)
}

/** Reads everything in one snapshot, so that the revision matches the data. */
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
    verdicts: await readVerdicts(queries, id),
    spec: fromStored(experiment.spec),
    resolved: fromStored(experiment.resolved),
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
  const links = await queries.runTask.findMany({
    where: { run: { experimentId } },
    orderBy: [{ runId: 'asc' }, { position: 'asc' }],
    select: { runId: true, key: true, taskId: true },
  })
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

/** The tasks of no run or of several. */
function sharedTasks(tasks: readonly TaskRow[], byRun: ReadonlyMap<string, readonly TaskRow[]>): TaskRow[] {
  const uses = new Map<string, number>()
  for (const own of byRun.values()) for (const { id } of own) uses.set(id, (uses.get(id) ?? 0) + 1)
  return tasks.filter(({ id }) => uses.get(id) !== 1)
}

function toSummary(row: Omit<Experiment, 'spec' | 'resolved'>): Omit<ExperimentSummary, 'verdicts'> {
  return {
    id: row.id,
    name: row.name,
    protocol: row.protocol,
    state: experimentState.parse(row.state),
    labels: fromStored(row.labels),
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
