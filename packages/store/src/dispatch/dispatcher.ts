import { device as deviceSchema, noEngine, type Device } from '@goalpost/contracts'
import { enginesOnOffer, type DispatchedJob, type Dispatcher, type Lane } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { applyCommand, applyToAll } from '../tasks/apply-commands.ts'
import { lockWorkspaceOfTask, type Change, type Changes } from '../tasks/change.ts'
import { settleDependents } from '../tasks/dependents.ts'
import { lockIdleTasks, lockTasks } from '../tasks/locked-task.ts'
import { readCapacity } from '../workers/worker-registry.ts'
import { chooseReady, noteTurns, type Choosing, type Chosen, type Served } from './choose-ready.ts'
import { preempt } from './preempt.ts'
import { roomFor, type Room } from './room.ts'
import { survey } from './survey.ts'

const devices: readonly Device[] = deviceSchema.options

/** Any number that nothing else in this database locks: the ASCII codes of `disp`. */
const dispatchLock = 0x64_69_73_70

/** Leases are checked often; the rest waits for the next time. */
const reapedAtOnce = 100

export function createDispatcher(database: Database, changes: Changes): Dispatcher {
  return {
    dispatch: (lookAhead, add) =>
      changes.run(async (change) => {
        if (!(await isTheOnlyDispatcher(change.queries))) return 'busy'
        const { ready, inFlight } = await survey(change.queries)
        if (ready.length === 0) return 0
        const workers = await readCapacity(change.queries, change.now)
        const jobs = []
        for (const device of devices) {
          const shorts = ready.filter((tasks) => tasks.device === device).map(({ short }) => short)
          if (shorts.length === 0) continue
          const served = { device, engines: [noEngine, ...enginesOf(workers, device)] }
          const own = inFlight.filter((tasks) => tasks.device === device)
          jobs.push(...(await takeReady(change, { ...served, shorts }, roomFor({ workers, device }, own, lookAhead))))
        }
        // Last, and before the commit: if the commit then fails, the job finds its task ready, which may be claimed
        // too.
        if (jobs.length > 0) await add(jobs)
        return jobs.length
      }),

    preempt: (leastRunMs, add) =>
      changes.run(async (change) => {
        if (!(await isTheOnlyDispatcher(change.queries))) return 'busy'
        const { asked, urgent } = await preempt(change, leastRunMs)
        const jobs = urgent.map(({ task: { id, lifecycle }, device }): DispatchedJob => {
          return { ...toJob({ id, device, lane: 'any', ...lifecycle }), urgent: true }
        })
        if (jobs.length > 0) await add(jobs)
        return asked
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

/** One at a time is enough; two would overfill the queue and judge fairness by outdated numbers. */
async function isTheOnlyDispatcher(queries: Queries): Promise<boolean> {
  const [row] = await queries.$queryRaw<
    { only: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(${dispatchLock}::bigint) AS only`
  return row?.only ?? false
}

const enginesOf = (workers: Parameters<typeof enginesOnOffer>[0], device: Device): string[] =>
  enginesOnOffer(workers)
    .filter((engine) => engine.device === device)
    .map(({ name }) => name)

/** Short tasks go first to the slots for short tasks only. */
async function takeReady(
  change: Change,
  served: Served & { readonly shorts: readonly boolean[] },
  room: Room,
): Promise<DispatchedJob[]> {
  const short = served.shorts.filter((wanted) => wanted)
  const first = await fillLane(change, { ...served, lane: 'short', shorts: short, room: room.short })
  const shorts = served.shorts.filter((wanted) => room.anyTakesShort || !wanted)
  const rest = await fillLane(change, { ...served, lane: 'any', shorts, room: room.any })
  return [...first, ...rest]
}

type Filling = Choosing & { readonly lane: Lane }

async function fillLane(change: Change, filling: Filling): Promise<DispatchedJob[]> {
  const { device, lane, room } = filling
  const { queries } = change
  if (room <= 0 || filling.shorts.length === 0) return []
  const chosen = await chooseReady(change, filling)
  if (chosen.length === 0) return []
  const ids = chosen.map(({ id }) => id)
  const taken = await applyToAll(change, await lockIdleTasks(queries, ids, ['ready']), () => ({ type: 'dispatch' }))
  await queries.$executeRaw`UPDATE tasks SET lane = ${lane} WHERE id = ANY(${ids}::uuid[]) AND lane <> ${lane}`
  await noteTurns(
    change,
    taken.map(({ id }) => id),
  )
  // A lane is first in, first out: short tasks go before the long ones of their batch.
  const order = new Map(chosen.toSorted(shortFirst).map(({ id }, index) => [id, index]))
  return taken
    .toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
    .map(({ id, changedAt, lifecycle: { epoch, dispatchCount } }) => ({
      ...toJob({ id, device, lane, epoch, dispatchCount }),
      readyMs: change.now.getTime() - changedAt.getTime(),
    }))
}

const shortFirst = (a: Chosen, b: Chosen) => Number(b.short) - Number(a.short)

type Dispatched = {
  readonly id: string
  readonly device: Device
  readonly lane: Lane
  readonly epoch: number
  readonly dispatchCount: number
}

/** Job ids of BullMQ must hold no colon and not be all digits. */
function toJob({ id, device, lane, epoch, dispatchCount }: Dispatched): DispatchedJob {
  return { taskId: id, epoch, device, lane, jobId: `${id}.${dispatchCount}` }
}

async function queuedJobs(queries: Queries): Promise<(DispatchedJob & { dispatchCount: number })[]> {
  const rows = await queries.task.findMany({
    where: { state: 'queued' },
    select: { id: true, device: true, lane: true, epoch: true, dispatchCount: true },
  })
  return rows.map((row) => ({
    ...toJob({ ...row, device: deviceSchema.parse(row.device), lane: row.lane === 'short' ? 'short' : 'any' }),
    dispatchCount: row.dispatchCount,
  }))
}

/** Compares the dispatch number again under lock: the task may have been claimed or dispatched again meanwhile. */
async function requeue(change: Change, lost: readonly { taskId: string; dispatchCount: number }[]): Promise<number> {
  const counts = new Map(lost.map(({ taskId, dispatchCount }) => [taskId, dispatchCount]))
  const tasks = await lockIdleTasks(change.queries, [...counts.keys()], ['queued'])
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
