import type { WorkerAnnouncement, WorkerView } from '@goalpost/contracts'

/** The live workers and their engines. Implemented by packages/store. */
export type WorkerRegistry = {
  /** Called at the start and with every heartbeat. Also removes workers that have been silent for long. */
  announce(worker: WorkerAnnouncement): Promise<void>
  /** The worker shuts down cleanly: it is removed at once instead of after a silence. */
  withdraw(id: string): Promise<void>
  /** Workers seen recently, by host and start. */
  list(): Promise<readonly WorkerView[]>
}

/** The interval of a worker's heartbeats. */
export const heartbeatMs = 10_000

/** A worker counts as gone after this long without a heartbeat: a busy machine or database may delay some. */
export const workerSilenceMs = 30_000
