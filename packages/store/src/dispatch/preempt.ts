import type { Device } from '@goalpost/contracts'
import { serviceActor } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { auditExperiment } from '../experiments/audit-experiment.ts'
import { applyToAll } from '../tasks/apply-commands.ts'
import type { Change } from '../tasks/change.ts'
import { lockTasks, type LockedTask } from '../tasks/locked-task.ts'
import { liveWorkers } from '../workers/worker-registry.ts'
import { choosePreemptions, type Preemption, type Running, type Waiting } from './choose-preemptions.ts'

/** What waits beyond this many tasks finds a slot at a later look. */
const mostWaiting = 100

/** How many tasks were asked to stop, and those that go to the head of the queue. */
export type Preempted = { readonly asked: number; readonly urgent: readonly LockedTask[] }

const none: Preempted = { asked: 0, urgent: [] }

/**
 * Asks running tasks to leave their slots to waiting ones of higher priority, and puts these at the head of the queue,
 * so that they get the very slots. Only for the dispatcher, of which there is one at a time.
 */
export async function preempt(
  change: Change,
  { device, leastRunMs }: { readonly device: Device; readonly leastRunMs: number },
): Promise<Preempted> {
  const { queries, now } = change
  const running = await readRunning(queries, device)
  if (running.length === 0) return none
  const waiting = await readWaiting(change, device)
  if (waiting.length === 0) return none
  const workers = await liveWorkers(queries, now)
  const chosen = choosePreemptions({ device, workers, waiting, running, now, leastRunMs })
  if (chosen.length === 0) return none
  return exchange(change, device, chosen)
}

/** All rows are locked at once, in the order of ids, as everywhere. Those that have changed since are left out. */
async function exchange(change: Change, device: Device, chosen: readonly Preemption[]): Promise<Preempted> {
  const ids = chosen.flatMap(({ waiting, victim }) => [waiting.id, victim.id])
  const locked = new Map((await lockTasks(change.queries, ids)).map((task) => [task.id, task]))
  const victims = chosen.flatMap(({ victim }) => locked.get(victim.id) ?? [])
  const asked = new Set((await applyToAll(change, victims, () => ({ type: 'preempt' }))).map(({ id }) => id))
  const exchanged = chosen.filter(({ victim }) => asked.has(victim.id))
  for (const { waiting, victim } of exchanged) await note(change, { waiting, victim })
  const room = await roomByWorkspace(change.queries, device)
  const urgent: LockedTask[] = []
  for (const { waiting } of exchanged) {
    const task = locked.get(waiting.id)
    const left = room.get(waiting.workspaceId) ?? Number.POSITIVE_INFINITY
    const isQueued = task?.lifecycle.state === 'queued'
    // Without room in the workspace's quota, the dispatcher starts it when the slot has been left.
    if (task === undefined || (!isQueued && left <= 0)) continue
    if (!isQueued) room.set(waiting.workspaceId, left - 1)
    urgent.push(...(await queueAgain(change, task)))
  }
  await change.queries.$executeRaw`
    UPDATE tasks SET lane = 'any' WHERE id = ANY(${urgent.map(({ id }) => id)}::uuid[]) AND lane <> 'any'`
  return { asked: asked.size, urgent }
}

/** One that waits in the queue gets a new job at its head; of the two jobs the first one that arrives counts. */
async function queueAgain(change: Change, task: LockedTask): Promise<LockedTask[]> {
  const { state, dispatchCount } = task.lifecycle
  const ready =
    state === 'queued' ? await applyToAll(change, [task], () => ({ type: 'requeue', dispatchCount })) : [task]
  return applyToAll(change, ready, () => ({ type: 'dispatch' }))
}

async function note(change: Change, { waiting, victim }: Preemption): Promise<void> {
  const by = { experiment: waiting.experimentId, task: waiting.id, priority: waiting.priority }
  change.taskEvents.push({ type: 'task.preempted', taskId: victim.id, data: { by } })
  const { workspaceId } = victim
  const experiments = await change.queries.$queryRaw<{ id: string; name: string }[]>`
    SELECT e.id, e.name FROM tasks t JOIN experiments e ON e.id = t.share_id WHERE t.id = ${victim.id}::uuid`
  for (const { id, name } of experiments)
    await auditExperiment(
      change,
      { workspaceId, id },
      {
        name,
        actor: serviceActor,
        action: 'experiment.preempted',
        before: { task: victim.id, priority: victim.priority },
        after: { by },
      },
    )
}

async function readRunning(queries: Queries, device: Device): Promise<Running[]> {
  return queries.$queryRaw<Running[]>`
    SELECT t.id, t.workspace_id AS "workspaceId", t.worker, t.priority, a.started_at AS "startedAt", t.lane, t.short,
      t.preempt_requested OR t.cancel_requested OR t.held AS asked,
      EXISTS (SELECT FROM checkpoints c WHERE c.task_id = t.id) AS "hasCheckpoint"
    FROM tasks t JOIN attempts a ON a.task_id = t.id AND a.epoch = t.epoch
    WHERE t.state = 'running' AND t.device = ${device}`
}

/** Those above a running task of their workspace. Through the experiments, of which few are open. */
async function readWaiting({ queries, now }: Change, device: Device): Promise<Waiting[]> {
  return queries.$queryRaw<Waiting[]>`
    WITH lowest AS (
      SELECT workspace_id, min(priority) AS priority FROM tasks
      WHERE state = 'running' AND device = ${device} AND NOT short AND NOT preempt_requested GROUP BY workspace_id
    )
    SELECT DISTINCT ON (t.priority, t.rank, t.id) t.id, t.workspace_id AS "workspaceId", e.id AS "experimentId",
      t.engine, t.priority, t.state
    FROM lowest w JOIN experiments e ON e.workspace_id = w.workspace_id AND e.state IN ('waiting', 'running')
      AND e.paused_at IS NULL AND e.priority > w.priority AND e.tasks_ready + e.tasks_queued > 0
    JOIN experiment_tasks l ON l.experiment_id = e.id
    JOIN tasks t ON t.id = l.task_id AND t.state IN ('ready', 'queued') AND t.device = ${device} AND NOT t.short
      AND t.priority > w.priority AND (t.not_before IS NULL OR t.not_before <= ${now.toISOString()}::timestamptz)
    ORDER BY t.priority DESC, t.rank DESC, t.id LIMIT ${mostWaiting}::int`
}

/** How many more tasks each workspace with a quota may have in flight. */
async function roomByWorkspace(queries: Queries, device: Device): Promise<Map<string, number>> {
  const rows = await queries.$queryRaw<{ id: string; room: number }[]>`
    SELECT w.id, CASE ${device} WHEN 'gpu' THEN w.most_gpu_tasks ELSE w.most_cpu_tasks END - (
      SELECT count(*)::int FROM tasks t
      WHERE t.workspace_id = w.id AND t.device = ${device} AND t.state IN ('queued', 'running')) AS room
    FROM workspaces w WHERE CASE ${device} WHEN 'gpu' THEN w.most_gpu_tasks ELSE w.most_cpu_tasks END IS NOT NULL`
  return new Map(rows.map(({ id, room }) => [id, room]))
}
