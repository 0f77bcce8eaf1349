import type { PostgresPoolConfig } from 'bullmq'
import type { Resources } from '@goalpost/contracts'

/** Where jobs travel: the database that holds the truth anyway, or a Redis. */
export type QueueConnection =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export type Device = Resources['device']

/** A schema of its own, so that the queue's tables never meet Goalpost's. */
export const queueSchema = 'goalpost_queue'

/** One queue per class of worker. BullMQ's PostgreSQL backend knows no key prefix: it must be part of the name. */
export function queueName(device: Device, prefix = 'goalpost'): string {
  return `${prefix}-${device}`
}

/** Pools are small: a process needs one connection to fetch, one to renew locks. Idle ones close after 10 s. */
export function postgresConnection(url: string, connections: number): PostgresPoolConfig {
  return {
    connectionString: url,
    schema: queueSchema,
    // Takes an advisory lock and is a no-op when the schema is up to date: whoever comes first creates it.
    migrate: true,
    max: connections,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    keepAlive: true,
    application_name: 'goalpost-queue',
  }
}

/** A server that comes back is noticed within two seconds, however long it was away. */
function reconnectDelayMs(times: number): number {
  return Math.min(100 * 2 ** Math.min(times, 5), 2_000)
}

/** A producer fails fast while Redis is away: its caller holds a database transaction open. */
export function redisProducerConnection(url: string) {
  return {
    url,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    retryStrategy: reconnectDelayMs,
  }
}

/** A consumer waits for as long as Redis is away: BullMQ demands unlimited retries for blocking commands. */
export function redisConsumerConnection(url: string) {
  return { url, maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy: reconnectDelayMs }
}
