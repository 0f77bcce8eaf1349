import { device as deviceSchema, noEngine, type Device, type WorkerView } from '@goalpost/contracts'
import { enginesOnOffer, type DispatchedJob, type Dispatcher } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { applyCommand, applyToAll } from '../tasks/apply-commands.ts'
import { lockWorkspaceOfTask, type Change, type Changes } from '../tasks/change.ts'
import { settleDependents } from '../tasks/dependents.ts'
import { lockIdleTasks, lockTasks } from '../tasks/locked-task.ts'
import { liveWorkers } from '../workers/worker-registry.ts'

const devices: readonly Device[] = deviceSchema.options

/** Any number that nothing else in this database locks: the ASCII codes of `disp`. */
const dispatchLock = 0x64_69_73_70

/** Leases are looked at often; what is left over waits for the next time. */
const reapedAtOnce = 100

/**
 * Jobs that wait for a slot, at most: enough for no slot to be idle until more are handed over, and no more, since what is
 * in the queue is taken first in, first out, whatever of higher priority or rank becomes ready meanwhile.
 */
const waitingPerSlot = 2

export function createDispatcher(database: Database, changes: Changes): Dispatcher {
  return {
    dispatch: (lookAhead, add) =>
      changes.run(async (change) => {
        if (!(await isTheOnlyDispatcher(change.queries))) return 'busy'
        const jobs = []
        const workers = await liveWorkers(change.queries, change.now)
        const offer = enginesOnOffer(workers)
        for (const device of devices) {
          const engines = offer.filter((engine) => engine.device === device).map(({ name }) => name)
          const room = Math.min(lookAhead, roomFor(workers, device))
          jobs.push(...(await takeReady(change, { device, engines: [noEngine, ...engines] }, room)))
        }
        // Last, and before the commit: a job whose transaction is then lost finds its task ready, which may be claimed too.
        if (jobs.length > 0) await add(jobs)
        return jobs.length
      }),

    requeueLost: async (known) => {
      const queued = await database.query(queuedJobs)
      if (queued.length === 0) return 0
      const alive = await known(queued)
      const lost = queued.filter(({ jobId }) => !alive.has(jobId))
      return lost.length === 0 ? 0 : changes.run((change) => requeue(change, lost))
    },

    reapExpired: async () => {
      const expired = await changes.run(({ queries, now }) => expiredTasks(queries, now))
      let reaped = 0
      for (const id of expired) if (await changes.run((change) => reap(change, id))) reaped += 1
      return reaped
    },
  }
}

/** One at a time is enough, and two would overfill the queue and judge fairness by numbers that are out of date. */
async function isTheOnlyDispatcher(queries: Queries): Promise<boolean> {
  const [row] = await queries.$queryRaw<
    { only: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(${dispatchLock}::bigint) AS only`
  return row?.only ?? false
}

/** No limit where nobody has announced itself yet. */
function roomFor(workers: readonly WorkerView[], device: Device): number {
  const served = workers.flatMap(({ queues }) => queues.filter((queue) => queue.device === device))
  const slots = served.reduce((sum, queue) => sum + queue.slots, 0)
  return slots === 0 ? Number.POSITIVE_INFINITY : waitingPerSlot * slots
}

/** A queue, and the engines that some worker behind it has: what needs another one stays ready, and out of the way. */
type Served = { readonly device: Device; readonly engines: readonly string[] }

async function takeReady(change: Change, served: Served, lookAhead: number): Promise<DispatchedJob[]> {
  const { queries, now } = change
  const { device } = served
  const queued = await queries.task.count({ where: { state: 'queued', device } })
  const room = lookAhead - queued
  if (room <= 0) return []
  const chosen = await chooseReady(queries, { ...served, room, now })
  const taken = await applyToAll(change, await lockIdleTasks(queries, chosen, 'ready'), () => ({ type: 'dispatch' }))
  const order = new Map(chosen.map((id, index) => [id, index]))
  return taken
    .toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
    .map(({ id, lifecycle }) => toJob({ id, device, epoch: lifecycle.epoch, dispatchCount: lifecycle.dispatchCount }))
}

/**
 * In turn from every workspace, starting with the one that has the fewest tasks in flight; within a workspace by
 * priority, then rank, then age. A priority therefore pushes nobody else aside.
 */
async function chooseReady(
  queries: Queries,
  { device, engines, room, now }: Served & { room: number; now: Date },
): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    WITH load AS (
      SELECT workspace_id, count(*) AS tasks FROM tasks
      WHERE state IN ('queued', 'running') AND device = ${device} GROUP BY workspace_id
    ), best AS (
      SELECT w.id AS workspace_id, t.* FROM workspaces w CROSS JOIN unnest(${engines}::text[]) AS e(engine)
      CROSS JOIN LATERAL (
        SELECT id, priority, rank FROM tasks
        WHERE state = 'ready' AND device = ${device} AND engine = e.engine AND workspace_id = w.id
          AND (not_before IS NULL OR not_before <= ${now.toISOString()}::timestamptz)
        ORDER BY priority DESC, rank DESC, id LIMIT ${room}::int
      ) t
    )
    SELECT b.id FROM best b LEFT JOIN load l USING (workspace_id)
    ORDER BY coalesce(l.tasks, 0)
        + row_number() OVER (PARTITION BY workspace_id ORDER BY b.priority DESC, b.rank DESC, b.id),
      b.priority DESC, b.rank DESC, b.id
    LIMIT ${room}::int`
  return rows.map(({ id }) => id)
}

type Dispatched = {
  readonly id: string
  readonly device: Device
  readonly epoch: number
  readonly dispatchCount: number
}

/** Job ids of BullMQ must hold no colon and not be all digits. */
function toJob({ id, device, epoch, dispatchCount }: Dispatched): DispatchedJob {
  return { taskId: id, epoch, device, jobId: `${id}.${dispatchCount}` }
}

async function queuedJobs(queries: Queries): Promise<(DispatchedJob & { dispatchCount: number })[]> {
  const rows = await queries.task.findMany({
    where: { state: 'queued' },
    select: { id: true, device: true, epoch: true, dispatchCount: true },
  })
  return rows.map((row) => ({ ...toJob({ ...row, device: row.device as Device }), dispatchCount: row.dispatchCount }))
}

/** Compares the number of the dispatch again under lock: it may have been claimed, or dispatched anew, meanwhile. */
async function requeue(change: Change, lost: readonly { taskId: string; dispatchCount: number }[]): Promise<number> {
  const counts = new Map(lost.map(({ taskId, dispatchCount }) => [taskId, dispatchCount]))
  const tasks = await lockIdleTasks(change.queries, [...counts.keys()], 'queued')
  const requeued = await applyToAll(change, tasks, ({ id }) => ({
    type: 'requeue',
    dispatchCount: counts.get(id) ?? -1,
  }))
  return requeued.length
}

async function expiredTasks(queries: Queries, now: Date): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT id FROM tasks WHERE state = 'running' AND lease_until <= ${now.toISOString()}::timestamptz
    ORDER BY lease_until LIMIT ${reapedAtOnce}::int`
  return rows.map(({ id }) => id)
}

async function reap(change: Change, taskId: string): Promise<boolean> {
  await lockWorkspaceOfTask(change.queries, taskId)
  const [task] = await lockTasks(change.queries, [taskId])
  if (task === undefined) return false
  const decision = await applyCommand(change, task, { command: { type: 'expire' } })
  if (!decision.ok) return false
  await settleDependents(change, [{ id: task.id, state: decision.next.state }])
  return true
}
