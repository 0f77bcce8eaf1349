import type { Resources } from '@goalpost/contracts'
import type { Lane } from '@goalpost/experiments'
import type pg from 'pg'

/** The server of the queue: the store's own database, or a Redis. */
export type QueueConnection =
  | {
      readonly kind: 'postgres'
      readonly url: string
      /** Rejects for a connection that does not keep its session, as behind some poolers. */
      readonly checkSession?: (client: pg.ClientBase) => Promise<void>
    }
  | { readonly kind: 'redis'; readonly url: string }

export type Device = Resources['device']

export type Line = { readonly device: Device; readonly lane: Lane }

/**
 * One queue per class of worker and kind of slot. BullMQ's PostgreSQL backend has no key prefix: it must be part of the
 * name.
 */
export function queueName({ device, lane }: Line, prefix = 'goalpost'): string {
  return lane === 'short' ? `${prefix}-${device}-short` : `${prefix}-${device}`
}

/** BullMQ does not close connections that it was given: call this after closing the queue or worker, or failing to. */
export type Owner = { closeConnections(): Promise<void> }
