import { Worker, createPostgresBackend } from 'bullmq'
import type { JobProgress, PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq'
import { postgresConnection, redisConsumerConnection } from './connection.ts'
import type { QueueConnection } from './connection.ts'

/** What a consumer uses of BullMQ's Worker: the same on either backend. */
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
}

export function openWorker(connection: QueueConnection, settings: WorkerSettings): JobWorker {
  const options = {
    autorun: false,
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledCheckMs,
    // Redelivery is harmless (the claim decides) and the budgets for lost workers are PostgreSQL's business.
    maxStalledCount: 20,
    // BullMQ's default of 15 s would add to every outage of the server.
    runRetryDelay: 1_000,
  }
  const processJob = async (job: { data: unknown }) => settings.process(job.data)
  if (connection.kind === 'redis') {
    return new Worker<unknown, void, string>(settings.name, processJob, {
      ...options,
      connection: redisConsumerConnection(connection.url),
    })
  }
  return new Worker<unknown, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>(
    settings.name,
    processJob,
    { ...options, connection: postgresConnection(connection.url, 2) },
    createPostgresBackend,
  )
}
