import type { Resources } from '@goalpost/contracts'
import type { Lane } from '@goalpost/experiments'

/** Where jobs travel: the database that holds the truth anyway, or a Redis. */
export type QueueConnection =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export type Device = Resources['device']

export type Line = { readonly device: Device; readonly lane: Lane }

/** One queue per class of worker and kind of slot. BullMQ's PostgreSQL backend knows no key prefix: it must be part of the name. */
export function queueName({ device, lane }: Line, prefix = 'goalpost'): string {
  return lane === 'short' ? `${prefix}-${device}-short` : `${prefix}-${device}`
}

/** BullMQ leaves open what it was handed: this is for after the queue or worker was closed, or could not be. */
export type Owner = { closeConnections(): Promise<void> }
