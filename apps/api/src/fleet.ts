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

/** The workers of this moment, as far as clients wait for them. */
export type Fleet = {
  readonly workers: readonly WorkerView[]
  /** Changes with what can be run at all, and not with who comes and goes: a part of the ETags of what shows notices. */
  readonly tag: string
}

export type FleetReader = () => Promise<Fleet>

const freshForMs = 1_000

/** However many dashboards poll, the registry is read once a second. */
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

/** What keeps tasks with these needs from being run, each reason once. */
export function noticesFor({ workers }: Fleet, needs: readonly Needs[]): string[] {
  return [...new Set(needs.flatMap((need) => explainWait(workers, need) ?? []))]
}

export function noticesOfExperiment(fleet: Fleet, { state, needs }: StoredExperiment): string[] {
  return state === 'waiting' || state === 'running' ? noticesFor(fleet, needs) : []
}

/** Null where it cannot be told: for lack of a pace, and of workers that could go on with every part of it. */
export function secondsLeftOf(
  { workers }: Fleet,
  { state, needs, timing }: Pick<StoredExperiment, 'state' | 'needs' | 'timing'>,
): number | null {
  if (timing === null || (state !== 'waiting' && state !== 'running')) return null
  if (needs.some((need) => !workers.some((worker) => canRun(worker, need)))) return null
  return estimateSecondsLeft(timing, slotsOf(workers))
}

export function noticesOfTask(fleet: Fleet, { state, resources }: TaskView): string[] {
  return ['blocked', 'ready', 'queued'].includes(state) ? noticesFor(fleet, [resources]) : []
}
