import { Queue, createPostgresBackend } from 'bullmq'
import type { PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq'
import type { TaskJob } from '@goalpost/contracts'
import { postgresConnection, redisProducerConnection } from './connection.ts'
import type { QueueConnection } from './connection.ts'

/** What a producer uses of BullMQ's Queue: the same on either backend. */
export type JobQueue = {
  addBulk(jobs: { name: string; data: TaskJob; opts: { jobId: string } }[]): Promise<unknown>
  getJobState(jobId: string): Promise<string>
  getJobCountByTypes(...types: ('waiting' | 'active')[]): Promise<number>
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
  disconnect(): Promise<void>
}

/** Finished jobs are removed: one that is kept would block a later job of the same id. PostgreSQL has the history. */
const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

export function openQueue(connection: QueueConnection, name: string): JobQueue {
  if (connection.kind === 'redis') {
    return new Queue<TaskJob, void, string>(name, { connection: redisProducerConnection(connection.url), defaultJobOptions })
  }
  return new Queue<TaskJob, void, string, TaskJob, void, string, PostgresQueueBackend, PostgresConnectionOptions>(
    name,
    { connection: postgresConnection(connection.url, 2), defaultJobOptions },
    createPostgresBackend,
  )
}
