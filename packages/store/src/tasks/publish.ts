import type { ExperimentEvent, ExperimentState, JsonObject, TaskState } from '@goalpost/contracts'
import { deriveExperimentState, isSettled, noTasks, type TaskCounts } from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import { appendWorkspaceEvents } from '../events/append-workspace-events.ts'
import type { Queries } from '../database/open-database.ts'
import { takeVerdictsOver } from '../experiments/verdicts.ts'
import type { Change, ExperimentChange } from './change.ts'

type Link = { readonly experimentId: string; readonly taskId: string; readonly key: string; readonly kind: string }
type LinksByTask = ReadonlyMap<string, Link>

type LockedExperiment = {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  readonly protocol: string
  readonly state: ExperimentState
  readonly sequence: number
  readonly cancelledAt: Date | null
  readonly analysisTaskId: string | null
  readonly searching: boolean
  readonly counts: TaskCounts
}

type NewEvent = { readonly type: ExperimentEvent['type']; readonly taskId: string | null; readonly data: JsonObject }

/**
 * Updates every experiment concerned with the changes of its tasks: counts, state, revision, events. The row locks make
 * the sequence of events gap-free, in the order of commits.
 */
export async function publish(change: Change): Promise<void> {
  const { queries, transitions, touched, taskEvents } = change
  const taskIds = new Set([...transitions, ...taskEvents].map(({ taskId }) => taskId))
  if (taskIds.size === 0 && change.experiments.size === 0) {
    if (touched.size > 0) await bumpRevisions(change, [...touched])
    return
  }
  const links = Map.groupBy(await linksOf(queries, [...taskIds, ...touched]), (link) => link.experimentId)
  for (const experiment of await lockExperiments(queries, [...links.keys(), ...change.experiments.keys()])) {
    const own = new Map((links.get(experiment.id) ?? []).map((link) => [link.taskId, link]))
    await publishTo(change, experiment, own)
  }
}

/** Progress is frequent and changes no state: one statement. */
async function bumpRevisions({ queries, now }: Change, taskIds: readonly string[]): Promise<void> {
  await queries.$executeRaw`
    UPDATE experiments SET revision = revision + 1, updated_at = ${now.toISOString()}::timestamptz
    WHERE id IN (
      SELECT id FROM experiments
      WHERE id IN (SELECT experiment_id FROM experiment_tasks WHERE task_id = ANY(${taskIds}::uuid[]))
      ORDER BY id FOR NO KEY UPDATE)`
}

/**
 * Cannot change meanwhile: linking a task to an experiment locks the task first. Looked up one by one: with `= ANY`,
 * a confined session read every task of its workspace and compared it with the list.
 */
async function linksOf(queries: Queries, taskIds: readonly string[]): Promise<Link[]> {
  return queries.$queryRaw<Link[]>`
    SELECT l.experiment_id AS "experimentId", l.task_id AS "taskId", l.key, t.kind
    FROM unnest(${taskIds}::uuid[]) AS c(id)
    CROSS JOIN LATERAL (SELECT kind FROM tasks WHERE id = c.id OFFSET 0) t
    CROSS JOIN LATERAL (SELECT * FROM experiment_tasks WHERE task_id = c.id OFFSET 0) l`
}

async function lockExperiments(queries: Queries, ids: readonly string[]): Promise<LockedExperiment[]> {
  type Row = Omit<LockedExperiment, 'counts'> & TaskCounts
  const rows = await queries.$queryRaw<Row[]>`
    SELECT id, workspace_id AS "workspaceId", name, protocol, state, sequence, cancelled_at AS "cancelledAt", analysis_task_id AS "analysisTaskId", searching,
      tasks_blocked AS blocked, tasks_ready AS ready, tasks_queued AS queued, tasks_running AS running, tasks_succeeded AS succeeded, tasks_failed AS failed,
      tasks_cancelled AS cancelled
    FROM experiments WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  return rows.map(({ blocked, ready, queued, running, succeeded, failed, cancelled, ...experiment }) => ({
    ...experiment,
    counts: { blocked, ready, queued, running, succeeded, failed, cancelled },
  }))
}

async function publishTo(change: Change, experiment: LockedExperiment, links: LinksByTask): Promise<void> {
  const own = change.experiments.get(experiment.id)
  const counts = own?.recount
    ? await countTasks(change.queries, experiment.id)
    : countsAfter(experiment.counts, change, links)
  const cancelledAt = own?.cancelledAt === undefined ? experiment.cancelledAt : own.cancelledAt
  const { searching } = experiment
  const state = deriveExperimentState(counts, { cancelled: cancelledAt !== null, searching })
  // The leader looks again: a gate run or a queued occurrence may wait for this end, or the next round of a search.
  if (hasEnded(state) ? state !== experiment.state : searching && isSettled(counts)) change.signals.add('postponed')
  const verdicts = await verdictEvents(change, experiment)
  const events = eventsFor(change, { links, own, verdicts, state: { from: experiment.state, to: state } })
  await insertEvents(change, experiment, events)
  const { queries, now } = change
  await queries.experiment.update({
    where: { id: experiment.id },
    data: {
      state,
      cancelledAt,
      ...stopReasonOf(own),
      sequence: experiment.sequence + events.length,
      revision: { increment: 1 },
      updatedAt: now,
      tasksBlocked: counts.blocked,
      tasksReady: counts.ready,
      tasksQueued: counts.queued,
      tasksRunning: counts.running,
      tasksSucceeded: counts.succeeded,
      tasksFailed: counts.failed,
      tasksCancelled: counts.cancelled,
    },
    select: { id: true },
  })
}

/** Whatever starts it again takes the reason away. */
function stopReasonOf(own: ExperimentChange | undefined): { readonly stopReason?: string | null } {
  if (own?.reason !== undefined) return { stopReason: own.reason }
  return own?.cancelledAt === undefined ? {} : { stopReason: null }
}

const hasEnded = (state: ExperimentState) => state !== 'waiting' && state !== 'running'

/**
 * If its analysis has just succeeded, or did before the experiment was made or extended: equal experiments of a
 * workspace share it.
 */
async function verdictEvents(change: Change, { id, analysisTaskId }: LockedExperiment): Promise<NewEvent[]> {
  if (analysisTaskId === null) return []
  const { queries, now, transitions } = change
  const analysed = transitions.some(({ taskId, to }) => taskId === analysisTaskId && to === 'succeeded')
  if (!analysed && change.experiments.get(id)?.recount !== true) return []
  const changes = await takeVerdictsOver(queries, { id, analysisTaskId, now })
  return changes.map((data) => ({ type: 'verdict.changed', taskId: analysisTaskId, data: { ...data } }))
}

function countsAfter(before: TaskCounts, { transitions }: Change, links: LinksByTask): TaskCounts {
  const counts = { ...before }
  for (const { taskId, from, to } of transitions) {
    if (!links.has(taskId)) continue
    counts[from] -= 1
    counts[to] += 1
  }
  return counts
}

async function countTasks(queries: Queries, experimentId: string): Promise<TaskCounts> {
  const rows = await queries.$queryRaw<{ state: TaskState; count: number }[]>`
    SELECT t.state, count(*)::int AS count FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.experiment_id = ${experimentId}::uuid GROUP BY t.state`
  return { ...noTasks, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}

type Happened = {
  readonly links: LinksByTask
  readonly own: ExperimentChange | undefined
  readonly verdicts: readonly NewEvent[]
  readonly state: { readonly from: ExperimentState; readonly to: ExperimentState }
}

function eventsFor(change: Change, { links, own, verdicts, state }: Happened): NewEvent[] {
  const events: NewEvent[] = own?.event ? [{ ...own.event, taskId: null }] : []
  for (const { taskId, from, to } of change.transitions) {
    const link = links.get(taskId)
    if (link)
      events.push({ type: 'task.state', taskId, data: { key: link.key, kind: link.kind, state: to, previous: from } })
  }
  for (const event of change.taskEvents) {
    const link = links.get(event.taskId)
    if (link) events.push({ ...event, data: { key: link.key, kind: link.kind, ...event.data } })
  }
  events.push(...verdicts)
  if (state.from !== state.to) {
    const why: JsonObject = own?.reason === undefined ? {} : { reason: own.reason }
    events.push({ type: 'experiment.state', taskId: null, data: { state: state.to, previous: state.from, ...why } })
  }
  return events
}

async function insertEvents(change: Change, experiment: LockedExperiment, events: readonly NewEvent[]) {
  if (events.length === 0) return
  const { queries, now } = change
  const rows = events.map(({ type, taskId, data }, index) => ({
    sequence: experiment.sequence + index + 1,
    type,
    task_id: taskId,
    data,
  }))
  await queries.$executeRaw`
    INSERT INTO events (experiment_id, sequence, type, task_id, data, at)
    SELECT ${experiment.id}::uuid, e.sequence, e.type, e.task_id, e.data, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS e(sequence int, type text, task_id uuid, data jsonb)`
  await announce(change, experiment, rows)
}

/** Outside the experiment itself: not the events of single tasks, of which there are thousands. */
async function announce(
  { queries, now }: Change,
  { id, workspaceId, name, protocol }: LockedExperiment,
  events: readonly (Pick<NewEvent, 'type' | 'data'> & { readonly sequence: number })[],
): Promise<void> {
  const announced = events.flatMap(({ type, sequence, data }) => {
    if (type === 'task.state' || type === 'task.checkpoint' || type === 'task.preempted') return []
    return [{ type, subject: `experiments/${id}`, payload: { ...data, experiment: { id, name, protocol, sequence } } }]
  })
  await appendWorkspaceEvents(queries, { workspaceId, now }, announced)
}
