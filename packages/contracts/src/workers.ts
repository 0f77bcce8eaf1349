import { z } from 'zod'
import { device } from './spec.ts'

/** What a worker can compute with. */
export const workerEngine = z.strictObject({
  name: z.string(),
  build: z.string(),
  device,
  /** What the hardware calls itself; null where it cannot be found out. */
  deviceName: z.string().nullable(),
})
export type WorkerEngine = z.infer<typeof workerEngine>

/** What a worker says about itself when it starts, and again with every heartbeat. */
export const workerAnnouncement = z.strictObject({
  id: z.string(),
  host: z.string(),
  codeRevision: z.string(),
  /**
   * The queues that it takes tasks from, and how many at a time from each; beside these, as many short ones as there are
   * slots that take nothing else.
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
  /** Null while it is still finding out. */
  engines: z.array(workerEngine).nullable(),
})
export type WorkerAnnouncement = z.infer<typeof workerAnnouncement>

export const workerView = workerAnnouncement.extend({
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
})
export type WorkerView = z.infer<typeof workerView>

/** An engine that tasks can be run on at present. */
export const engineOnOffer = z.strictObject({
  name: z.string(),
  device,
  workers: z.number().int().positive(),
  /** Tasks at a time, over all these workers; a slot is counted for every engine of its worker. */
  slots: z.number().int().positive(),
})
export type EngineOnOffer = z.infer<typeof engineOnOffer>

export const fleetView = z.strictObject({
  workers: z.number().int().nonnegative(),
  /** Workers that have not found out yet what they can run. */
  starting: z.number().int().nonnegative(),
  engines: z.array(engineOnOffer),
  /** The workers themselves, by host; empty for keys without the scope `admin`. */
  items: z.array(workerView),
})
export type FleetView = z.infer<typeof fleetView>
