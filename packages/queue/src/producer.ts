import type { DispatchedJob, JobProducer } from '@goalpost/experiments'
import { connected, shut } from './connecting.ts'
import { queueName } from './connection.ts'
import type { Device, Owner, QueueConnection } from './connection.ts'
import { openQueue } from './open-queue.ts'
import type { JobQueue } from './open-queue.ts'
import { createQuietErrors } from './quiet-errors.ts'

export type ProducerOptions = {
  /** Told once per kind of error in ten seconds: the connection mends itself. */
  readonly onError: (error: Error) => void
  /** Sets the queues of several installations on one server apart. */
  readonly prefix?: string
}

export type QueueProducer = JobProducer & {
  /** Jobs that wait or run, for the gauge that autoscaling reads. */
  depth(device: Device): Promise<number>
}

/**
 * Adds jobs, one queue per class of worker. Connects before it resolves.
 * @throws GoalpostError `unavailable` where the server cannot be reached within ten seconds.
 */
export async function createJobProducer(connection: QueueConnection, options: ProducerOptions): Promise<QueueProducer> {
  const report = createQuietErrors({ report: options.onError })
  const opened = new Map<Device, Promise<JobQueue & Owner>>()

  function queueFor(device: Device): Promise<JobQueue & Owner> {
    const existing = opened.get(device)
    if (existing !== undefined) return existing
    const opening = connected(openQueue(connection, queueName(device, options.prefix), report))
    opened.set(device, opening)
    // BullMQ remembers a failed start for ever: the next call shall begin with a new queue.
    opening.catch(() => opened.delete(device))
    return opening
  }

  await queueFor('cpu')

  return {
    async add(jobs) {
      for (const [device, ofDevice] of Map.groupBy(jobs, (job) => job.device)) {
        const queue = await queueFor(device)
        await queue.addBulk(ofDevice.map(toQueueEntry))
      }
    },
    async known(jobs) {
      const states = await Promise.all(
        jobs.map(async ({ jobId, device }) => ({
          jobId,
          device,
          state: await (await queueFor(device)).getJobState(jobId),
        })),
      )
      // They may wait for a slot, or because nobody was told.
      const waiting = new Set(states.filter(({ state }) => state === 'waiting').map(({ device }) => device))
      for (const device of waiting) await (await queueFor(device)).announceAgain()
      return new Set(states.filter(({ state }) => !notPending.has(state)).map(({ jobId }) => jobId))
    },
    async depth(device) {
      return (await queueFor(device)).getJobCountByTypes('waiting', 'active')
    },
    async close() {
      const queues = await Promise.allSettled(opened.values())
      const open = queues.flatMap((queue) => (queue.status === 'fulfilled' ? [queue.value] : []))
      await Promise.all(open.map((queue) => shut(queue, queue.close())))
    },
  }
}

const notPending: ReadonlySet<string> = new Set(['unknown', 'completed', 'failed'])

function toQueueEntry({ taskId, epoch, jobId }: DispatchedJob) {
  if (jobId.includes(':') || /^\d+$/.test(jobId)) throw new Error(`BullMQ refuses the job id ${jobId}`)
  return { name: 'task', data: { taskId, epoch }, opts: { jobId } }
}
