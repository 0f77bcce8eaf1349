import {
  experimentState,
  type ArchivedFilter,
  type ExperimentSort,
  type ExperimentState,
  type ExperimentSummary,
} from '@goalpost/contracts'
import { experimentHash, type Page, type StoredExperiment } from '@goalpost/experiments'
import { pageOf } from '../database/cursor.ts'
import { Prisma, type Experiment } from '../generated/client.ts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { contains, isFoundBy } from './is-found-by.ts'
import { listOrders } from './list-order.ts'
import { toRunView, runColumns } from './run-views.ts'
import { readVerdicts, summariseVerdicts } from './verdicts.ts'
import { taskCountsOf } from './task-counts.ts'
import { tasksOfExperiment, toTaskSummary, type TaskRow } from './task-rows.ts'
import { needsOf, readTiming } from './timing.ts'

export type ListQuery = {
  readonly state?: ExperimentState
  readonly protocol?: string
  readonly name?: string
  readonly named?: string
  readonly verdict?: string
  /** `key` or `key=value`. */
  readonly label?: string
  readonly search?: string
  readonly createdAfter?: string
  readonly createdBefore?: string
  /** The whole name of the key that submitted it. */
  readonly createdBy?: string
  readonly archived?: ArchivedFilter
  readonly sort?: ExperimentSort
  readonly cursor?: string
  readonly limit: number
}

/**
 * By default newest first. `name` is any part of the name, in any case, `named` the whole name; `verdict` is the name of
 * one of its verdicts; `search` has words and phrases that must all be found, each in one of the fields of `isFoundBy`.
 */
export async function listExperiments(
  queries: Queries,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<ExperimentSummary>> {
  const ids = await matchingIds(queries, workspaceId, query)
  const found = await queries.experiment.findMany({
    where: { id: { in: ids } },
    // These are most of the row, and a list does not show them.
    omit: { spec: true, resolved: true },
  })
  const rows = found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  const verdicts = await summariseVerdicts(queries, ids)
  return pageOf(rows, query.limit, {
    item: (row) => ({ ...toSummary(row), verdicts: [...(verdicts.get(row.id) ?? [])] }),
    position: listOrders[query.sort ?? '-created'].position,
  })
}

/** One more than the page has, if there are more. */
async function matchingIds(queries: Queries, workspaceId: string, query: ListQuery): Promise<string[]> {
  const order = listOrders[query.sort ?? '-created']
  const isAfter = query.cursor === undefined ? Prisma.sql`true` : order.after(query.cursor)
  // No parameter where there is no owner or name, so that the plan can use their indexes.
  const isOwned = query.createdBy === undefined ? Prisma.sql`true` : Prisma.sql`e.created_by = ${query.createdBy}::text`
  const isNamed = query.named === undefined ? Prisma.sql`true` : Prisma.sql`e.name = ${query.named}::text`
  const { state = null, protocol = null, verdict = null, archived = 'exclude', limit } = query
  const { createdAfter = null, createdBefore = null } = query
  const isPart = query.name === undefined ? Prisma.sql`true` : contains(Prisma.sql`e.name`, query.name)
  const isFound = query.search === undefined ? Prisma.sql`true` : isFoundBy(query.search)
  const [labelKey = null, ...labelRest] = query.label?.split('=') ?? []
  const labelValue = labelRest.length === 0 ? null : labelRest.join('=')
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM experiments e
    WHERE e.workspace_id = ${workspaceId}::uuid
      AND ${isAfter} AND ${isOwned} AND ${isNamed} AND ${isPart} AND ${isFound}
      AND (${archived}::text = 'include' OR (e.archived_at IS NOT NULL) = (${archived}::text = 'only'))
      AND (${createdAfter}::timestamptz IS NULL OR e.created_at >= ${createdAfter}::timestamptz)
      AND (${createdBefore}::timestamptz IS NULL OR e.created_at < ${createdBefore}::timestamptz)
      AND (${state}::text IS NULL OR e.state = ${state}::text)
      AND (${protocol}::text IS NULL OR e.protocol = ${protocol}::text)
      AND (${labelKey}::text IS NULL OR e.labels ? ${labelKey}::text)
      AND (${labelValue}::text IS NULL OR e.labels ->> ${labelKey}::text = ${labelValue}::text)
      AND (${verdict}::text IS NULL OR EXISTS (SELECT FROM verdicts v
        WHERE v.workspace_id = e.workspace_id AND v.name = ${verdict}::text AND v.experiment_id = e.id))
    ORDER BY ${order.orderBy} LIMIT ${limit + 1}::int`
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
    // What a search has found changes with its next round.
    resultHash: experiment.searching ? null : experimentHash(runViews, shared),
    needs: needsOf(tasks),
    timing: await readTiming(queries, tasks, { workspaceId, runsOf: runsByTask(tasksByRun) }),
    notices: [],
    links: {},
  }
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
  for (const [run, tasks] of byRun)
    for (const { id } of tasks) {
      // A task that all runs share has thousands.
      const own = runs.get(id)
      if (own === undefined) runs.set(id, [run])
      else own.push(run)
    }
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
    tasks: taskCountsOf(row),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    deadline: row.deadlineAt?.toISOString() ?? null,
    stopReason: row.stopReason,
    note: row.note,
    searching: row.searching,
    createdBy: row.createdBy,
    externalId: row.externalId,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
