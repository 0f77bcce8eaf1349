import { createHash } from 'node:crypto'
import type { Resources, TaskView, WorkerView } from '@goalpost/contracts'
import {
  canRun,
  enginesOnOffer,
  estimateSecondsLeft,
  explainWait,
  slotsOf,
  type StoredExperiment,
  type WorkerRegistry,
} from '@goalpost/experiments'

/** The live workers. */
export type Fleet = {
  readonly workers: readonly WorkerView[]
  /** Changes with the available engines, not with individual workers: part of the ETags of views with notices. */
  readonly tag: string
}

export type FleetReader = () => Promise<Fleet>

const freshForMs = 1_000

/** Reads the registry at most once a second, for any number of clients. */
export function createFleetReader(registry: Pick<WorkerRegistry, 'list'>, now: () => number): FleetReader {
  let known: Promise<Fleet> | null = null
  let readAt = Number.NEGATIVE_INFINITY
  return () => {
    if (known !== null && now() - readAt < freshForMs) return known
    readAt = now()
    const reading = registry.list().then((workers) => ({ workers, tag: tagOf(workers) }))
    reading.catch(() => (known === reading ? (known = null) : undefined))
    known = reading
    return reading
  }
}

function tagOf(workers: readonly WorkerView[]): string {
  const offered = enginesOnOffer(workers).map(({ name, device }) => `${device} ${name}`)
  const queues = new Set(workers.flatMap((worker) => worker.queues.map(({ device }) => device)))
  const starting = workers.some(({ engines }) => engines === null)
  const text = JSON.stringify([offered, [...queues].toSorted(), starting])
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

type Needs = Pick<Resources, 'engine' | 'device'>

/** The reasons why tasks with these needs cannot run, each once. */
export function noticesFor({ workers }: Fleet, needs: readonly Needs[]): string[] {
  return [...new Set(needs.flatMap((need) => explainWait(workers, need) ?? []))]
}

export function noticesOfExperiment(fleet: Fleet, stored: NoticedExperiment): string[] {
  const { state, needs } = stored
  return [...(state === 'waiting' || state === 'running' ? noticesFor(fleet, needs) : []), ...noticesOfSearch(stored)]
}

type NoticedExperiment = Pick<StoredExperiment, 'state' | 'needs' | 'searching' | 'pausedAt' | 'tasks' | 'resolved'>

/** Why a search has ended early, or does not go on. A round that is due starts within a moment where nothing keeps it. */
function noticesOfSearch({ state, searching, pausedAt, tasks, resolved }: NoticedExperiment): string[] {
  const stopped = resolved.search?.stopped
  if (stopped !== undefined) return [`The search ended early: ${stopped}`]
  const isOpen = searching && state === 'running' && pausedAt === null
  const { blocked, ready, queued, running } = tasks
  if (!isOpen || blocked + ready + queued + running > 0) return []
  const { protocol, protocolVersion } = resolved
  return [
    'The next round of the search is due. It waits for room in the workspace for its runs, or for a worker with ' +
      `version ${protocolVersion} of ${protocol}; the workers' logs say which`,
  ]
}

type TimedExperiment = Pick<StoredExperiment, 'state' | 'pausedAt' | 'needs' | 'timing' | 'searching'>

/** Null if unknown: it is paused, no pace was measured, no live worker can run a part of the work, or a search has rounds to come. */
export function secondsLeftOf(
  { workers }: Fleet,
  { state, pausedAt, needs, timing, searching }: TimedExperiment,
): number | null {
  if (timing === null || searching || pausedAt !== null || (state !== 'waiting' && state !== 'running')) return null
  if (needs.some((need) => !workers.some((worker) => canRun(worker, need)))) return null
  return estimateSecondsLeft(timing, slotsOf(workers))
}

export function noticesOfTask(fleet: Fleet, { state, resources }: TaskView): string[] {
  return ['blocked', 'ready', 'queued'].includes(state) ? noticesFor(fleet, [resources]) : []
}
