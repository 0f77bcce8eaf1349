import { GoalpostError } from '@goalpost/contracts'
import type { DispatchedJob, JobProducer } from '@goalpost/experiments'
import { queueName } from './connection.ts'
import type { Device, QueueConnection } from './connection.ts'
import { openQueue } from './open-queue.ts'
import type { JobQueue } from './open-queue.ts'
import { createQuietErrors } from './quiet-errors.ts'
import { within } from './within.ts'

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

const startTimeoutMs = 10_000
const closeTimeoutMs = 3_000

/**
 * Adds jobs, one queue per class of worker. Connects before it resolves.
 * @throws GoalpostError `unavailable` where the server cannot be reached within ten seconds.
 */
export async function createJobProducer(connection: QueueConnection, options: ProducerOptions): Promise<QueueProducer> {
  const report = createQuietErrors({ report: options.onError })
  const opened = new Map<Device, Promise<JobQueue>>()

  function queueFor(device: Device): Promise<JobQueue> {
    const existing = opened.get(device)
    if (existing !== undefined) return existing
    const opening = connect(openQueue(connection, queueName(device, options.prefix)), report)
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
        jobs.map(async ({ jobId, device }) => ({ jobId, state: await (await queueFor(device)).getJobState(jobId) })),
      )
      return new Set(states.filter(({ state }) => !notPending.has(state)).map(({ jobId }) => jobId))
    },
    async depth(device) {
      return (await queueFor(device)).getJobCountByTypes('waiting', 'active')
    },
    async close() {
      const queues = await Promise.allSettled(opened.values())
      await Promise.all(queues.map((queue) => (queue.status === 'fulfilled' ? shut(queue.value) : undefined)))
    },
  }
}

const notPending: ReadonlySet<string> = new Set(['unknown', 'completed', 'failed'])

function toQueueEntry({ taskId, epoch, jobId }: DispatchedJob) {
  if (jobId.includes(':') || /^\d+$/.test(jobId)) throw new Error(`BullMQ refuses the job id ${jobId}`)
  return { name: 'task', data: { taskId, epoch }, opts: { jobId } }
}

async function connect(queue: JobQueue, report: (error: Error) => void): Promise<JobQueue> {
  queue.on('error', report)
  try {
    await within(queue.waitUntilReady(), startTimeoutMs, new Error(`no answer within ${startTimeoutMs} ms`))
    return queue
  } catch (cause) {
    void shut(queue)
    throw new GoalpostError('unavailable', `The queue cannot be reached: ${messageOf(cause)}`, { cause })
  }
}

/** A server that is away must not keep the process from ending. */
async function shut(queue: JobQueue): Promise<void> {
  try {
    await within(queue.close(), closeTimeoutMs, new Error('closing took too long'))
  } catch {
    void queue.disconnect().catch(() => undefined)
  }
}

function messageOf(cause: unknown): string {
  // An AggregateError of node:net (one per address) has an empty message and a code.
  if (cause instanceof Error) return cause.message || String((cause as NodeJS.ErrnoException).code ?? cause.name)
  return String(cause)
}
