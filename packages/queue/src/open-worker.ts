import { Worker, createPostgresBackend } from 'bullmq'
import type { JobProgress, PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq'
import type { Owner, QueueConnection } from './connection.ts'
import { openMigratedPool, type PostgresConnection } from './postgres.ts'
import { connectRedisConsumer } from './redis.ts'

/** The part of BullMQ's Worker that a consumer uses: the same on either backend. */
export type JobWorker = {
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  run(): Promise<void>
  close(): Promise<void>
}

export type WorkerSettings = {
  readonly name: string
  readonly concurrency: number
  readonly lockMs: number
  readonly stalledCheckMs: number
  readonly process: (data: unknown) => Promise<void>
  readonly onError: (error: Error) => void
}

const PostgresWorker = Worker<unknown, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>

/** The worker fetches nothing before `run`. */
export async function openWorker(connection: QueueConnection, settings: WorkerSettings): Promise<JobWorker & Owner> {
  const opened =
    connection.kind === 'redis' ? openOnRedis(connection.url, settings) : await openOnPostgres(connection, settings)
  opened.on('error', settings.onError)
  return opened
}

function openOnRedis(url: string, settings: WorkerSettings): JobWorker & Owner {
  const redis = connectRedisConsumer(url)
  const options = { ...workerOptions(settings), connection: redis }
  const worker = new Worker<unknown, void, string>(settings.name, (job) => settings.process(job.data), options)
  return Object.assign(worker, { closeConnections: async () => redis.disconnect() })
}

async function openOnPostgres(connection: PostgresConnection, settings: WorkerSettings): Promise<JobWorker & Owner> {
  // One listens, the other fetches and looks for stalled jobs.
  const pool = await openMigratedPool(connection, 2)
  const options = { ...workerOptions(settings), drainDelay: longDrainDelay, connection: pool }
  const worker = new PostgresWorker(settings.name, (job) => settings.process(job.data), options, createPostgresBackend)
  return Object.assign(worker, { closeConnections: () => pool.end() })
}

/**
 * Seconds after which an idle worker checks its queue in PostgreSQL without an announcement: rarely, as jobs that
 * wait are announced again when the reconciler asks about them. With Redis it waits in the server, for BullMQ's 5 s.
 */
const longDrainDelay = 300

function workerOptions(settings: WorkerSettings) {
  return {
    autorun: false,
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledCheckMs,
    // Redelivery is harmless (the claim decides) and PostgreSQL keeps the budgets for lost workers.
    maxStalledCount: 20,
    // BullMQ's default of 15 s would add to every outage of the server.
    runRetryDelay: 1_000,
  }
}
