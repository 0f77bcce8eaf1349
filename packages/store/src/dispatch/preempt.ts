import { device as deviceSchema, type Device } from '@goalpost/contracts'
import { enginesOnOffer, serviceActor } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { auditExperiment } from '../experiments/audit-experiment.ts'
import { applyToAll } from '../tasks/apply-commands.ts'
import type { Change } from '../tasks/change.ts'
import type { LockedTask } from '../tasks/locked-task.ts'
import { liveWorkers } from '../workers/worker-registry.ts'
import { choosePreemptions } from './choose-preemptions.ts'
import { lockPairs, type Pair } from './lock-pairs.ts'
import { readOutranking, readRunning } from './outranked.ts'

/** How many tasks were asked to stop, and those that go to the head of the queue. */
type Preempted = { readonly asked: number; readonly urgent: readonly Urgent[] }

type Urgent = { readonly task: LockedTask; readonly device: Device }

const none: Preempted = { asked: 0, urgent: [] }

/**
 * Asks running tasks to leave their slots to waiting ones of higher priority, and puts these at the head of the queue,
 * so that they get the very slots. Only for the dispatcher, of which there is one at a time.
 */
export async function preempt(change: Change, leastRunMs: number): Promise<Preempted> {
  const { queries, now } = change
  const running = await readRunning(queries)
  if (running.length === 0) return none
  const workers = await liveWorkers(queries, now)
  const waiting = await readOutranking(change, enginesOnOffer(workers))
  if (waiting.length === 0) return none
  const chosen = deviceSchema.options.flatMap((device) => {
    const own = <Task extends { readonly device: Device }>(tasks: readonly Task[]) =>
      tasks.filter((task) => task.device === device)
    return choosePreemptions({ device, workers, waiting: own(waiting), running: own(running), now, leastRunMs })
  })
  if (chosen.length === 0) return none
  return exchange(change, await lockPairs(change, chosen))
}

async function exchange(change: Change, pairs: readonly Pair[]): Promise<Preempted> {
  const { queries } = change
  const victims = pairs.map(({ locked }) => locked.victim)
  const asked = new Set((await applyToAll(change, victims, () => ({ type: 'preempt' }))).map(({ id }) => id))
  if (asked.size === 0) return none
  const exchanged = pairs.filter(({ victim }) => asked.has(victim.id))
  await note(change, exchanged)
  const urgent = await putAhead(change, exchanged)
  await queries.$executeRaw`
    UPDATE tasks SET lane = 'any' WHERE id = ANY(${urgent.map(({ task }) => task.id)}::uuid[]) AND lane <> 'any'`
  return { asked: asked.size, urgent }
}

/** Without room in the workspace's quota, the dispatcher starts a task when the slot has been left. */
async function putAhead(change: Change, exchanged: readonly Pair[]): Promise<Urgent[]> {
  const room = await readRoom(
    change.queries,
    exchanged.map(({ waiting }) => waiting.workspaceId),
  )
  const ahead = exchanged.filter(({ waiting: { workspaceId, device }, locked }) => {
    if (locked.waiting.lifecycle.state === 'queued') return true
    const place = `${device} ${workspaceId}`
    const left = room.get(place) ?? Number.POSITIVE_INFINITY
    if (left > 0) room.set(place, left - 1)
    return left > 0
  })
  const waiting = ahead.map(({ locked }) => locked.waiting)
  const queued = waiting.filter(({ lifecycle }) => lifecycle.state === 'queued')
  // One that waits in the queue gets a new job at its head; of the two jobs the first one that arrives counts.
  const again = await applyToAll(change, queued, ({ lifecycle: { dispatchCount } }) => {
    return { type: 'requeue', dispatchCount }
  })
  const ready = [...waiting.filter(({ lifecycle }) => lifecycle.state === 'ready'), ...again]
  const dispatched = await applyToAll(change, ready, () => ({ type: 'dispatch' }))
  const byId = new Map(dispatched.map((task) => [task.id, task]))
  return ahead.flatMap(({ waiting: { id, device } }) => {
    const task = byId.get(id)
    return task === undefined ? [] : [{ task, device }]
  })
}

type Wanting = {
  readonly taskId: string
  readonly id: string
  readonly name: string
  readonly priority: number
  readonly paused: boolean
}

/** In the events and the audit log of every experiment that wants the task that was asked. */
async function note(change: Change, exchanged: readonly Pair[]): Promise<void> {
  const ids = exchanged.flatMap(({ waiting, victim }) => [waiting.id, victim.id])
  const wanting = await change.queries.$queryRaw<Wanting[]>`
    SELECT l.task_id AS "taskId", e.id, e.name, e.priority, e.paused_at IS NOT NULL AS paused
    FROM experiment_tasks l JOIN experiments e ON e.id = l.experiment_id
    WHERE l.task_id = ANY(${ids}::uuid[]) AND e.cancelled_at IS NULL ORDER BY e.priority DESC, e.id`
  const byTask = Map.groupBy(wanting, ({ taskId }) => taskId)
  for (const { waiting, victim } of exchanged) {
    const above = byTask.get(waiting.id)?.find(({ paused }) => !paused)
    const by = { experiment: above?.id ?? null, task: waiting.id, priority: waiting.priority }
    change.taskEvents.push({ type: 'task.preempted', taskId: victim.id, data: { by } })
    const before = { task: victim.id, priority: victim.priority }
    for (const { id, name } of byTask.get(victim.id) ?? [])
      await auditExperiment(
        change,
        { workspaceId: victim.workspaceId, id },
        { name, actor: serviceActor, action: 'experiment.preempted', before, after: { by } },
      )
  }
}

/** How many more tasks the workspaces with a quota may have in flight, by device and workspace. */
async function readRoom(queries: Queries, workspaceIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await queries.$queryRaw<{ device: Device; workspaceId: string; room: number }[]>`
    SELECT q.device, w.id AS "workspaceId", q.most - (
      SELECT count(*)::int FROM tasks t
      WHERE t.state IN ('queued', 'running') AND t.device = q.device AND t.workspace_id = w.id) AS room
    FROM workspaces w CROSS JOIN LATERAL (VALUES ('cpu', w.most_cpu_tasks), ('gpu', w.most_gpu_tasks)) AS q(device, most)
    WHERE w.id = ANY(${[...new Set(workspaceIds)]}::uuid[]) AND q.most IS NOT NULL`
  return new Map(rows.map(({ device, workspaceId, room }) => [`${device} ${workspaceId}`, room]))
}
