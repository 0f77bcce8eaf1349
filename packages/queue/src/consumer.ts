import { taskJob } from '@goalpost/contracts'
import type { JobConsumer, JobHandler, Lane } from '@goalpost/experiments'
import { connected, shut } from './connecting.ts'
import { queueName } from './connection.ts'
import type { Device, QueueConnection } from './connection.ts'
import { openWorker } from './open-worker.ts'
import { createQuietErrors } from './quiet-errors.ts'

export type ConsumerOptions = {
  readonly device: Device
  /** Default: any. */
  readonly lane?: Lane
  readonly concurrency: number
  /** Awaited while the task runs: it must not block the event loop, since the job's lock is renewed there. */
  readonly handler: JobHandler
  /** Called once per kind of error in ten seconds: the connection recovers on its own. */
  readonly onError: (error: Error) => void
  readonly prefix?: string
  /**
   * How long a job stays with a consumer that has fallen silent. Tasks are recovered by their lease, not by this lock; a
   * consumer wakes four times per lock even when idle.
   */
  readonly lockMs?: number
  readonly stalledCheckMs?: number
}

/**
 * Fetches jobs and passes them to `handler`, at most `concurrency` at a time. A rejected handler drops the job: the
 * reconciler finds the task in PostgreSQL and dispatches it again.
 * @throws GoalpostError `unavailable` if the server cannot be reached within ten seconds.
 */
export async function createJobConsumer(connection: QueueConnection, options: ConsumerOptions): Promise<JobConsumer> {
  const report = createQuietErrors({ report: options.onError })
  const running = new Set<Promise<void>>()

  async function process(data: unknown): Promise<void> {
    const handling = options.handler(taskJob.parse(data))
    running.add(handling)
    try {
      await handling
    } finally {
      running.delete(handling)
    }
  }

  const opening = openWorker(connection, {
    name: queueName({ device: options.device, lane: options.lane ?? 'any' }, options.prefix),
    concurrency: options.concurrency,
    lockMs: options.lockMs ?? 30_000,
    stalledCheckMs: options.stalledCheckMs ?? 60_000,
    process,
    onError: report,
  })
  const worker = await connected(opening)
  worker.run().catch(report)

  return {
    async close() {
      const closing = worker.close()
      closing.catch(() => undefined)
      await Promise.allSettled(running)
      // With the handlers done, only an unavailable server can delay this.
      await shut(worker, closing)
    },
  }
}
