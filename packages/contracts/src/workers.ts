import { z } from 'zod'
import { device } from './spec.ts'

/** An engine that a worker has. */
export const workerEngine = z.strictObject({
  name: z.string(),
  build: z.string(),
  device,
  /** The hardware's own name; null if unknown. */
  deviceName: z.string().nullable(),
})
export type WorkerEngine = z.infer<typeof workerEngine>

/** A worker's description of itself, sent at its start and with every heartbeat. */
export const workerAnnouncement = z.strictObject({
  id: z.string(),
  host: z.string(),
  codeRevision: z.string(),
  /**
   * The queues that it takes tasks from, and how many at a time from each; additionally, as many short tasks as there
   * are slots for short tasks only.
   */
  queues: z.array(
    z.strictObject({
      device,
      slots: z.number().int().positive(),
      shortSlots: z.number().int().nonnegative().optional(),
    }),
  ),
  /** Cores of its machine. */
  cores: z.number().int().positive(),
  /** Null while still unknown. */
  engines: z.array(workerEngine).nullable(),
})
export type WorkerAnnouncement = z.infer<typeof workerAnnouncement>

export const workerView = workerAnnouncement.extend({
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
})
export type WorkerView = z.infer<typeof workerView>

/** An engine that tasks can currently run on. */
export const engineOnOffer = z.strictObject({
  name: z.string(),
  device,
  workers: z.number().int().positive(),
  /** Concurrent tasks over all these workers; a slot is counted for every engine of its worker. */
  slots: z.number().int().positive(),
})
export type EngineOnOffer = z.infer<typeof engineOnOffer>

/** Tasks of the key's workspace that have not ended, by what they wait for. */
export const openTasks = z.strictObject({
  device,
  engine: z.string(),
  /** `blocked`: needs other tasks. `ready`: about to be queued. `queued`: waits for a slot. */
  state: z.enum(['blocked', 'ready', 'queued', 'running']),
  tasks: z.number().int().positive(),
})
export type OpenTasks = z.infer<typeof openTasks>

export const fleetView = z.strictObject({
  workers: z.number().int().nonnegative(),
  /** Workers that do not know their engines yet. */
  starting: z.number().int().nonnegative(),
  engines: z.array(engineOnOffer),
  queue: z.array(openTasks).default([]),
  /** The workers themselves, by host; empty for keys without the scope `admin`. */
  items: z.array(workerView),
})
export type FleetView = z.infer<typeof fleetView>
