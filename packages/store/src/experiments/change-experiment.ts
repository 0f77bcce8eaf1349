import type { ResolvedSpec } from '@goalpost/contracts'
import { serviceActor, type Actor, type ChangeOutcome, type Changing, type Expansion } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { toStored } from '../database/stored-json.ts'
import { isSearching } from '../searches/is-searching.ts'
import { hasStopped, reopenSearch } from '../searches/reopen-search.ts'
import { lockWorkspace, type Change } from '../tasks/change.ts'
import { lockTasks } from '../tasks/locked-task.ts'
import { reviewHeld } from '../tasks/review-held.ts'
import { cancelUnwanted, revive } from '../tasks/revive.ts'
import { checkRuns } from '../quotas/check-quota.ts'
import { auditExperiment } from './audit-experiment.ts'
import { storeExpansion } from './store-expansion.ts'
import { unlinkTask } from './unlink-task.ts'

export type Refused = Extract<ChangeOutcome, { ok: false }>
/** Null on success. */
export type Refusal = Refused | null

export type ExperimentId = { readonly workspaceId: string; readonly id: string }
export type Expected = ExperimentId & Partial<Changing>

export const notFound: Refused = { ok: false, code: 'not-found', message: 'Experiment not found' }
export const stale: Refused = {
  ok: false,
  code: 'stale-version',
  message: 'The experiment has changed since it was read: read it again and repeat the request',
}
export const conflict = (message: string): Refused => ({ ok: false, code: 'state-conflict', message })

/** Cancels the tasks that no other experiment needs. Idempotent. The service gives a reason, which is recorded. */
export async function cancelExperiment(
  change: Change,
  { workspaceId, id, expectedRevision, actor = serviceActor, reason }: Expected & { readonly reason?: string },
): Promise<Refusal> {
  const { queries, now } = change
  const experiment = await lockExperimentOf(queries, { workspaceId, id })
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  if (experiment.cancelledAt !== null) return null
  if (experiment.state === 'succeeded' || experiment.state === 'failed')
    return conflict(`The experiment has already ${experiment.state}`)
  const tasks = await tasksOf(queries, id)
  await cancelUnwanted(change, tasks, { notWantedBy: id })
  await queries.experiment.update({ where: { id }, data: { pausedAt: null }, select: { id: true } })
  await reviewHeld(change, tasks, { notWantedBy: id })
  const why: { readonly [name: string]: string } = reason === undefined ? {} : { reason }
  change.experiments.set(id, { event: null, cancelledAt: now, ...why })
  await auditExperiment(
    change,
    { workspaceId, id },
    {
      name: experiment.name,
      actor,
      action: 'experiment.cancelled',
      before: { state: experiment.state },
      after: reason === undefined ? { state: 'cancelled' } : { state: 'cancelled', reason },
    },
  )
  return null
}

/** Restarts its failed and cancelled tasks, with full retry budgets. */
export async function retryExperiment(
  change: Change,
  { workspaceId, id, expectedRevision, actor = serviceActor }: Expected,
): Promise<Refusal> {
  const { queries } = change
  const experiment = await lockExperimentOf(queries, { workspaceId, id })
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const wanted = await retriableTasks(queries, id)
  const stopped = hasStopped(experiment.resolved)
  if (wanted.length === 0 && experiment.cancelledAt === null && !stopped)
    return conflict('No task of the experiment has failed or was cancelled')
  const reopenedRuns = await countReopened(queries, { id, state: experiment.state })
  const refused = checkDeadline(change, experiment) ?? (await checkRuns(queries, workspaceId, reopenedRuns))
  if (refused !== null) return refused
  await revive(change, await lockTasks(queries, wanted), { wantedBy: id })
  await reviewHeld(change, await tasksOf(queries, id), { wantedBy: id })
  const runsAgain = wanted.some((task) => task !== experiment.analysisTaskId)
  const reopened = (stopped || runsAgain) && (await reopenSearch(change, { id, experiment }))
  change.experiments.set(id, { event: null, cancelledAt: null, recount: reopened })
  await auditExperiment(
    change,
    { workspaceId, id },
    {
      name: experiment.name,
      actor,
      action: 'experiment.retried',
      before: { state: experiment.state },
      after: { restartedTasks: wanted.length },
    },
  )
  return null
}

/** Adds runs. The existing runs must be part of the new expansion, unchanged. */
export async function extendExperiment(
  change: Change,
  { workspaceId, id, expectedRevision, actor = serviceActor }: Expected,
  extension: Extension,
): Promise<Refusal> {
  const experiment = await lockExperimentOf(change.queries, { workspaceId, id })
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  if (experiment.cancelledAt !== null) return conflict('The experiment is cancelled: retry it first')
  if (experiment.searching)
    return conflict('The experiment is a search, which chooses its own conditions: submit the spec again')
  const late = checkDeadline(change, experiment)
  if (late !== null) return late
  return addToExperiment(change, { workspaceId, id, experiment, actor }, extension)
}

/** What is started again after its deadline would be stopped at once. */
function checkDeadline({ now }: Change, { deadlineAt }: Pick<LockedExperiment, 'deadlineAt'>): Refused | null {
  if (deadlineAt === null || deadlineAt > now) return null
  return conflict(`Its deadline, ${deadlineAt.toISOString()}, has passed: set a later one or none first`)
}

export type Extension = { readonly resolved: ResolvedSpec; readonly expansion: Expansion }

type LockedExperiment = NonNullable<Awaited<ReturnType<typeof lockExperimentOf>>>
type Extended = ExperimentId & { readonly experiment: LockedExperiment; readonly actor: Actor }

/** The same for an experiment that `lockExperimentOf` has read. */
export async function addToExperiment(
  change: Change,
  { workspaceId, id, experiment, actor }: Extended,
  { resolved, expansion }: Extension,
): Promise<Refusal> {
  const { queries } = change
  const changed = await changedRun(queries, id, expansion)
  if (changed !== null) return conflict(`An extension may only add, but ${changed}`)
  const runs = await queries.run.count({ where: { experimentId: id } })
  // The end of a search adds its analysis alone: it needs no room, and starts no failed run again.
  const closes = experiment.searching && !isSearching(resolved)
  if (!closes) {
    const reopened = await countReopened(queries, { id, state: experiment.state })
    const refused = await checkRuns(queries, workspaceId, expansion.runs.length - runs + reopened)
    if (refused !== null) return refused
  }
  const { priority } = experiment
  const restarts = closes ? 'analysis' : 'all'
  const target = { workspaceId, experimentId: id, priority, fresh: resolved.fresh, restarts } as const
  const analysisTaskId = await storeExpansion(change, target, expansion)
  if (experiment.analysisTaskId !== null && experiment.analysisTaskId !== analysisTaskId) {
    await unlinkTask(change, id, experiment.analysisTaskId)
  }
  await storeExtension(queries, id, { resolved, analysisTaskId })
  const counts = { conditions: resolved.conditions.length, seeds: resolved.seeds.length, runs: expansion.runs.length }
  const reason = resolved.search?.stopped
  const data = reason === undefined ? counts : { ...counts, reason }
  const why = reason === undefined ? {} : { reason }
  change.experiments.set(id, { event: { type: 'experiment.extended', data }, recount: true, ...why })
  const { name, conditionCount: conditions, seedCount: seeds } = experiment
  await auditExperiment(
    change,
    { workspaceId, id },
    { name, actor, action: 'experiment.extended', before: { conditions, seeds, runs }, after: data },
  )
  return null
}

async function storeExtension(
  queries: Queries,
  id: string,
  { resolved, analysisTaskId }: { readonly resolved: ResolvedSpec; readonly analysisTaskId: string | null },
): Promise<void> {
  const counts = { conditionCount: resolved.conditions.length, seedCount: resolved.seeds.length }
  const data = { resolved: toStored(resolved), ...counts, analysisTaskId, searching: isSearching(resolved) }
  await queries.experiment.update({ where: { id }, data, select: { id: true } })
}

/** Not the row's own lock, which comes last: these changes all lock the workspace. */
export async function lockExperimentOf(queries: Queries, { workspaceId, id }: ExperimentId) {
  await lockWorkspace(queries, workspaceId)
  return queries.experiment.findFirst({
    where: { id, workspaceId },
    select: {
      name: true,
      labels: true,
      note: true,
      state: true,
      revision: true,
      priority: true,
      cancelledAt: true,
      pausedAt: true,
      deadlineAt: true,
      archivedAt: true,
      analysisTaskId: true,
      conditionCount: true,
      seedCount: true,
      searching: true,
      resolved: true,
    },
  })
}

/** Holds for other clients' changes until this one commits; a worker may still report meanwhile. */
export function isStale({ revision }: { readonly revision: number }, expectedRevision: number | undefined): boolean {
  return expectedRevision !== undefined && revision !== expectedRevision
}

export async function tasksOf(queries: Queries, experimentId: string): Promise<string[]> {
  const links = await queries.experimentTask.findMany({ where: { experimentId }, select: { taskId: true } })
  return links.map(({ taskId }) => taskId)
}

/** Includes running tasks that are being cancelled: their cancellation is undone. */
async function retriableTasks(queries: Queries, experimentId: string): Promise<string[]> {
  const links = await queries.experimentTask.findMany({
    where: {
      experimentId,
      task: { OR: [{ state: { in: ['failed', 'cancelled'] } }, { state: 'running', cancelRequested: true }] },
    },
    select: { taskId: true },
  })
  return links.map(({ taskId }) => taskId)
}

/**
 * How many more runs are unfinished once its failed and cancelled tasks run again. No run of an experiment that has
 * ended counted before, also if other experiments have kept its tasks open.
 */
async function countReopened(queries: Queries, { id, state }: { id: string; state: string }): Promise<number> {
  const isOpen = state === 'waiting' || state === 'running'
  if (!isOpen)
    return queries.run.count({
      where: { experimentId: id, tasks: { some: { task: { state: { not: 'succeeded' } } } } },
    })
  const none = { task: { state: { in: ['blocked', 'ready', 'queued', 'running'] } } }
  const some = { task: { state: { in: ['failed', 'cancelled'] } } }
  return queries.run.count({ where: { experimentId: id, tasks: { some, none } } })
}

/** The run that the expansion lacks or computes differently, null if none. */
export async function changedRun(queries: Queries, experimentId: string, expansion: Expansion): Promise<string | null> {
  const rows = await queries.$queryRaw<{ condition: string; seed: bigint; key: string; identity: string }[]>`
    SELECT r.condition, r.seed, l.key, t.identity
    FROM runs r JOIN run_tasks l ON l.run_id = r.id JOIN tasks t ON t.id = l.task_id
    WHERE r.experiment_id = ${experimentId}::uuid`
  const planned = new Map(
    expansion.runs.map(({ condition, seed, tasks }) => [
      JSON.stringify([condition, seed]),
      new Map(tasks.map(({ key, identity }) => [key, identity])),
    ]),
  )
  for (const { condition, seed, key, identity } of rows) {
    const run = planned.get(JSON.stringify([condition, Number(seed)]))
    if (run === undefined) return `the run of condition ${condition} with seed ${seed} is missing`
    if (run.get(key) !== identity)
      return `the task ${key} of condition ${condition} with seed ${seed} would be a different one`
  }
  return null
}
