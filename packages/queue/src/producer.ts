import type { DispatchedJob, JobProducer, Lane } from '@goalpost/experiments'
import { answered, connected, shut } from './connecting.ts'
import { queueName } from './connection.ts'
import type { Device, Line, Owner, QueueConnection } from './connection.ts'
import { openQueue } from './open-queue.ts'
import type { JobQueue } from './open-queue.ts'
import { createQuietErrors } from './quiet-errors.ts'
import { trackUnclaimed } from './unclaimed-jobs.ts'

export type ProducerOptions = {
  /** Called once per kind of error in ten seconds: the connection recovers on its own. */
  readonly onError: (error: Error) => void
  /** Separates the queues of several installations on one server. */
  readonly prefix?: string
  /** How long a consumer may hold a job before it has claimed the task. */
  readonly claimGraceMs?: number
}

export type QueueProducer = JobProducer & {
  /** Waiting and running jobs in both lanes, for the gauge that autoscaling reads. */
  depth(device: Device): Promise<number>
}

/**
 * Adds jobs, one queue per class of worker and lane. Connects before it resolves.
 * @throws GoalpostError `unavailable` if the server cannot be reached within ten seconds.
 */
export async function createJobProducer(connection: QueueConnection, options: ProducerOptions): Promise<QueueProducer> {
  const report = createQuietErrors({ report: options.onError })
  const opened = new Map<string, Promise<JobQueue & Owner>>()
  const unclaimed = trackUnclaimed(options.claimGraceMs ?? 10_000)

  function queueFor(line: Line): Promise<JobQueue & Owner> {
    const name = queueName(line, options.prefix)
    const existing = opened.get(name)
    if (existing !== undefined) return existing
    const opening = connected(openQueue(connection, name, report))
    opened.set(name, opening)
    // BullMQ never retries a failed start: the next call opens a new queue.
    opening.catch(() => opened.delete(name))
    return opening
  }

  const byQueue = async (jobs: readonly DispatchedJob[]) => {
    const groups = Map.groupBy(jobs, (job) => queueName(job, options.prefix)).values()
    return Promise.all([...groups].map(async (of) => ({ of, queue: await queueFor(of[0] ?? first) })))
  }

  await queueFor(first)

  return {
    async add(jobs) {
      for (const { queue, of } of await byQueue(jobs)) await answered(queue.addBulk(inOrder(of).map(toQueueEntry)))
    },
    async known(jobs) {
      const found = await Promise.all((await byQueue(jobs)).map(({ queue, of }) => answered(statesOf(queue, of))))
      const states = found.flat().filter(({ state }) => !notPending.has(state))
      const held = states.filter(({ state }) => state === 'active').map(({ jobId }) => jobId)
      const abandoned = unclaimed.abandoned(held)
      return new Set(states.map(({ jobId }) => jobId).filter((jobId) => !abandoned.has(jobId)))
    },
    async depth(device) {
      const queues = await Promise.all(lanes.map((lane) => queueFor({ device, lane })))
      const depths = await Promise.all(queues.map((queue) => answered(queue.getJobCountByTypes('waiting', 'active'))))
      return depths.reduce((sum, depth) => sum + depth, 0)
    },
    async close() {
      const queues = await Promise.allSettled(opened.values())
      const open = queues.flatMap((queue) => (queue.status === 'fulfilled' ? [queue.value] : []))
      await Promise.all(open.map((queue) => shut(queue, queue.close())))
    },
  }
}

/** Any queue serves to check whether the server answers. */
const first: Line = { device: 'cpu', lane: 'any' }

const lanes: readonly Lane[] = ['any', 'short']

type JobState = { readonly jobId: string; readonly state: string }

async function statesOf(queue: JobQueue, jobs: readonly DispatchedJob[]): Promise<JobState[]> {
  const states = await Promise.all(jobs.map(async ({ jobId }) => ({ jobId, state: await queue.getJobState(jobId) })))
  // They may wait for a slot, or because the announcement was lost.
  if (states.some(({ state }) => state === 'waiting')) await queue.announceAgain()
  return states
}

const notPending: ReadonlySet<string> = new Set(['unknown', 'completed', 'failed'])

/** Each urgent job goes before all that are there: the first of them has to be added last. */
function inOrder(jobs: readonly DispatchedJob[]): DispatchedJob[] {
  const { urgent = [], usual = [] } = Object.groupBy(jobs, (job) => (job.urgent ? 'urgent' : 'usual'))
  return [...usual, ...urgent.toReversed()]
}

function toQueueEntry({ taskId, epoch, jobId, urgent = false }: DispatchedJob) {
  if (jobId.includes(':') || /^\d+$/.test(jobId)) throw new Error(`BullMQ rejects the job id ${jobId}`)
  return { name: 'task', data: { taskId, epoch }, opts: { jobId, ...(urgent && { lifo: true }) } }
}
