import type { WorkerAnnouncement, WorkerView } from '@goalpost/contracts'

/** Which workers are there, and what they can run. Implemented by packages/store. */
export type WorkerRegistry = {
  /** At the start and with every heartbeat. Forgets, by the way, workers that have been silent for long. */
  announce(worker: WorkerAnnouncement): Promise<void>
  /** The worker shuts down cleanly: it is removed at once instead of when it counts as silent. */
  withdraw(id: string): Promise<void>
  /** Workers seen recently, by host and start. */
  list(): Promise<readonly WorkerView[]>
}

/** How often a worker says that it is there. */
export const heartbeatMs = 10_000

/** A worker counts as gone after this long without a heartbeat: a busy machine or database may delay some. */
export const workerSilenceMs = 30_000
