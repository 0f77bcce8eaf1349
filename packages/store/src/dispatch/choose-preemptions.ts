import type { Device, WorkerView } from '@goalpost/contracts'
import { offers } from '@goalpost/experiments'

export type Waiting = {
  readonly id: string
  readonly workspaceId: string
  readonly device: Device
  readonly engine: string
  readonly priority: number
  readonly state: 'ready' | 'queued'
}

export type Running = {
  readonly id: string
  readonly workspaceId: string
  readonly device: Device
  readonly worker: string
  readonly epoch: number
  readonly priority: number
  /** When its attempt began. */
  readonly startedAt: Date
  readonly hasCheckpoint: boolean
  /** It has a slot that short tasks may use too, or only those for short tasks. */
  readonly lane: string
  readonly short: boolean
  /** It has been asked already, and has not stopped yet. */
  readonly asked: boolean
}

export type Situation = {
  readonly device: Device
  readonly workers: readonly Pick<WorkerView, 'id' | 'queues' | 'engines'>[]
  /** In the order in which they are to run. */
  readonly waiting: readonly Waiting[]
  readonly running: readonly Running[]
  readonly now: Date
  /** An attempt keeps its slot for this long at least: so slots cannot go back and forth without progress. */
  readonly leastRunMs: number
}

export type Preemption = { readonly waiting: Waiting; readonly victim: Running }

/**
 * Which running task is to leave its slot to which waiting one: only within a workspace, only to a higher priority, only
 * where no worker that could run it has a free slot, and at most one for each waiting task, those that were asked before
 * included. Of several, the one of the lowest priority, then one that has a checkpoint, which is known to be able to
 * stop, then the one that began last.
 */
export function choosePreemptions(situation: Situation): Preemption[] {
  const { waiting, running } = situation
  const chosen: Preemption[] = []
  const taken = new Set<string>()
  const promised = running.filter(({ asked }) => asked)
  const candidates = Map.groupBy(stoppable(situation), ({ workspaceId }) => workspaceId)
  const free = freeSlots(situation)
  const able = workersByEngine(situation)
  for (const task of waiting) {
    const workers = able.get(task.engine) ?? new Set<string>()
    if (takeFree(free, workers)) continue
    const pledged = promised.findIndex(
      ({ worker, workspaceId }) => workers.has(worker) && workspaceId === task.workspaceId,
    )
    if (pledged >= 0) {
      promised.splice(pledged, 1)
      continue
    }
    const victim = candidates
      .get(task.workspaceId)
      ?.find(({ id, worker, priority }) => priority < task.priority && workers.has(worker) && !taken.has(id))
    if (victim === undefined) continue
    taken.add(victim.id)
    chosen.push({ waiting: task, victim })
  }
  return chosen
}

/** Which workers can run a task of each engine. */
function workersByEngine({ device, workers, waiting }: Situation): Map<string, ReadonlySet<string>> {
  const wanted = new Set(waiting.map(({ engine }) => engine))
  return new Map(
    [...wanted].map((engine) => {
      const able = workers.filter(({ engines }) => offers(engines ?? [], { engine, device }))
      return [engine, new Set(able.map(({ id }) => id))]
    }),
  )
}

/** By worker. */
function freeSlots({ device, workers, running }: Situation): Map<string, number> {
  const free = new Map<string, number>()
  for (const { id, queues } of workers) {
    const slots = queues.find((queue) => queue.device === device)?.slots ?? 0
    const busy = running.filter(({ worker, lane }) => worker === id && lane === 'any').length
    free.set(id, slots - busy)
  }
  return free
}

/** Whether one of these workers had a free slot, which is then counted as taken. */
function takeFree(free: Map<string, number>, able: ReadonlySet<string>): boolean {
  const worker = [...able].find((id) => (free.get(id) ?? 0) > 0)
  if (worker === undefined) return false
  free.set(worker, (free.get(worker) ?? 0) - 1)
  return true
}

/** Those that may be asked, in the order in which they are. */
function stoppable({ running, now, leastRunMs }: Situation): Running[] {
  const latestStart = now.getTime() - leastRunMs
  return running
    .filter(
      ({ startedAt, short, lane, asked }) => startedAt.getTime() <= latestStart && lane === 'any' && !short && !asked,
    )
    .toSorted(
      (a, b) =>
        a.priority - b.priority ||
        Number(b.hasCheckpoint) - Number(a.hasCheckpoint) ||
        b.startedAt.getTime() - a.startedAt.getTime(),
    )
}
