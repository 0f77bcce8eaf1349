import { createHash } from 'node:crypto'
import { noEngine, type ExperimentView, type Resources, type TaskView, type WorkerView } from '@goalpost/contracts'
import { enginesOnOffer, explainWait, type WorkerRegistry } from '@goalpost/experiments'

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

/** What keeps tasks of these resources, and those that need no engine, from being run. */
export function noticesFor({ workers }: Fleet, resources: Pick<Resources, 'engine' | 'device'>): string[] {
  const reason = explainWait(workers, resources) ?? explainWait(workers, { engine: noEngine, device: 'cpu' })
  return reason === null ? [] : [reason]
}

export function noticesOfExperiment(fleet: Fleet, { state, tasks, resolved }: ExperimentView): string[] {
  const open = (tasks.blocked ?? 0) + (tasks.ready ?? 0) + (tasks.queued ?? 0)
  const ended = state === 'succeeded' || state === 'failed' || state === 'cancelled'
  return open === 0 || ended ? [] : noticesFor(fleet, resolved.resources)
}

export function noticesOfTask({ workers }: Fleet, { state, resources }: TaskView): string[] {
  const reason = ['blocked', 'ready', 'queued'].includes(state) ? explainWait(workers, resources) : null
  return reason === null ? [] : [reason]
}
