import { Redis } from 'ioredis'

/** A producer fails fast while Redis is away: its caller holds a database transaction open. */
export function connectRedisProducer(url: string): Redis {
  return new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    retryStrategy: reconnectDelayMs,
  })
}

/** A consumer waits for as long as Redis is away: BullMQ demands unlimited retries for blocking commands. */
export function connectRedisConsumer(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy: reconnectDelayMs })
}

/** A server that comes back is noticed within two seconds, however long it was away. */
function reconnectDelayMs(times: number): number {
  return Math.min(100 * 2 ** Math.min(times, 5), 2_000)
}
