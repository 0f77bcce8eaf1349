import { Queue, createPostgresBackend } from 'bullmq'
import type { PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq'
import type { TaskJob } from '@goalpost/contracts'
import type { Owner, QueueConnection } from './connection.ts'
import { openMigratedPool, type PostgresConnection } from './postgres.ts'
import { connectRedisProducer } from './redis.ts'

/** The part of BullMQ's Queue that a producer uses: the same on either backend. */
export type JobQueue = {
  addBulk(jobs: { name: string; data: TaskJob; opts: { jobId: string; lifo?: boolean } }[]): Promise<unknown>
  getJobState(jobId: string): Promise<string>
  /** Announces waiting jobs again, in case a consumer missed the first announcement. */
  announceAgain(): Promise<void>
  getJobCountByTypes(...types: ('waiting' | 'active')[]): Promise<number>
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  /** Removes the queue with all of its jobs. */
  obliterate(options: { readonly force: boolean }): Promise<void>
  close(): Promise<void>
}

/** Finished jobs are removed: a kept one would block a later job of the same id. PostgreSQL has the history. */
const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

const PostgresQueue = Queue<
  TaskJob,
  void,
  string,
  TaskJob,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>

/**
 * The channel of BullMQ's PostgreSQL backend on which it announces a job by the name of its queue; BullMQ does not
 * export it.
 */
const jobsChannel = 'bullmq_jobs'

/** Resolves when the server has answered. Closes its connections if that fails. */
export async function openQueue(
  connection: QueueConnection,
  name: string,
  onError: (error: Error) => void,
): Promise<JobQueue & Owner> {
  const opened =
    connection.kind === 'redis' ? openOnRedis(connection.url, name) : await openOnPostgres(connection, name)
  opened.on('error', onError)
  return opened
}

function openOnRedis(url: string, name: string): JobQueue & Owner {
  const redis = connectRedisProducer(url)
  const queue = new Queue<TaskJob, void, string>(name, { connection: redis, defaultJobOptions })
  // Consumers block on the server itself, which wakes them.
  return Object.assign(queue, {
    announceAgain: async () => undefined,
    closeConnections: async () => redis.disconnect(),
  })
}

async function openOnPostgres(connection: PostgresConnection, name: string): Promise<JobQueue & Owner> {
  const pool = await openMigratedPool(connection)
  const queue = new PostgresQueue(name, { connection: pool, defaultJobOptions }, createPostgresBackend)
  return Object.assign(queue, {
    announceAgain: async () => void (await pool.query('SELECT pg_notify($1, $2)', [jobsChannel, name])),
    closeConnections: () => pool.end(),
  })
}
