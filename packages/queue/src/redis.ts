import { Redis } from 'ioredis'

/** A producer fails fast while Redis is unavailable: its caller holds a database transaction open. */
export function connectRedisProducer(url: string): Redis {
  return new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    commandTimeout: 10_000,
    retryStrategy: reconnectDelayMs,
  })
}

/** A consumer waits while Redis is unavailable: BullMQ demands unlimited retries for blocking commands. */
export function connectRedisConsumer(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy: reconnectDelayMs })
}

/** A returning server is noticed within two seconds, however long it was down. */
function reconnectDelayMs(times: number): number {
  return Math.min(100 * 2 ** Math.min(times, 5), 2_000)
}
