import { randomUUID } from 'node:crypto'
import type { TaskJob } from '@goalpost/contracts'
import type { DispatchedJob, JobConsumer, JobHandler, JobProducer } from '@goalpost/experiments'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

/** A queue server, and ways to use and disturb it. Locks last `lockMs`, and are checked at this interval. */
export type QueueServerUnderTest = {
  readonly lockMs: number
  /** Queues of different prefixes do not see each other. */
  createProducer(prefix: string, options?: { claimGraceMs: number }): Promise<JobProducer>
  createConsumer(
    prefix: string,
    options: { device: 'cpu' | 'gpu'; concurrency: number; handler: JobHandler },
  ): Promise<JobConsumer>
  /** A consumer in its own process that never finishes a job; resolves once it has taken one. */
  startDoomedConsumer(prefix: string, options?: { lockMs: number }): Promise<{ kill(): Promise<void> }>
  /** Removes all jobs without notice. */
  loseEverything(prefix: string): Promise<void>
  /** The server breaks all connections and refuses new ones. */
  disappear(): Promise<void>
  reappear(): Promise<void>
  close(): Promise<void>
}

const patience = { timeout: 20_000, interval: 20 }

/** The tests that a queue must pass on every server. */
export function describeQueue(name: string, start: () => Promise<QueueServerUnderTest>): void {
  describe(`${name} as a queue`, () => {
    let server: QueueServerUnderTest
    let prefix: string
    let producer: JobProducer
    const consumers: JobConsumer[] = []

    beforeAll(async () => {
      server = await start()
    })
    afterAll(() => server.close())
    beforeEach(async () => {
      prefix = `t${randomUUID().slice(0, 8)}`
      producer = await server.createProducer(prefix)
    })
    afterEach(async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.close()))
      await producer.close()
    })

    async function consume(handler: JobHandler, options: { device?: 'cpu' | 'gpu'; concurrency?: number } = {}) {
      const { device = 'cpu', concurrency = 1 } = options
      const consumer = await server.createConsumer(prefix, { device, concurrency, handler })
      consumers.push(consumer)
      return consumer
    }
    const knows = async (job: DispatchedJob) => (await producer.known([job])).has(job.jobId)

    it('delivers every job exactly once while nothing goes wrong', async () => {
      const jobs = makeJobs(100)
      const received: TaskJob[] = []
      for (const _ of [1, 2]) await consume(async (job) => void received.push(job), { concurrency: 4 })
      await producer.add(jobs.slice(0, 60))
      await producer.add(jobs.slice(60))
      await vi.waitFor(async () => expect(await producer.known(jobs)).toEqual(new Set()), patience)
      expect(received.map(({ taskId }) => taskId).toSorted()).toEqual(jobs.map(({ taskId }) => taskId).toSorted())
      expect(received).toContainEqual({ taskId: jobs[0]!.taskId, epoch: jobs[0]!.epoch })
    })

    it('takes a job once, however often it is added while it waits or runs', async () => {
      const [job, sentinel] = makeJobs(2)
      const received: string[] = []
      const release = Promise.withResolvers<void>()
      await producer.add([job!, job!])
      await producer.add([job!])
      await consume(async ({ taskId }) => {
        received.push(taskId)
        if (taskId === job!.taskId) await release.promise
      })
      await vi.waitFor(() => expect(received).toHaveLength(1), patience)
      await producer.add([job!])
      await producer.add([sentinel!])
      release.resolve()
      await vi.waitFor(() => expect(received).toContain(sentinel!.taskId), patience)
      expect(received).toEqual([job!.taskId, sentinel!.taskId])
    })

    it('accepts a task again under a new job id while its old job still runs', async () => {
      const [first] = makeJobs(1)
      const again = { ...first!, epoch: first!.epoch + 1, jobId: `${first!.jobId}-again` }
      const epochs: number[] = []
      const release = Promise.withResolvers<void>()
      await consume(async ({ epoch }) => (epochs.push(epoch), release.promise), { concurrency: 2 })
      await producer.add([first!])
      await producer.add([again])
      await vi.waitFor(() => expect(epochs).toEqual([first!.epoch, again.epoch]), patience)
      release.resolve()
    })

    it('delivers urgent jobs before all that wait, in the order in which they were added together', async () => {
      const [running, first, second, urgent, next] = makeJobs(5)
      const received: string[] = []
      const release = Promise.withResolvers<void>()
      await consume(async ({ taskId }) => {
        received.push(taskId)
        if (taskId === running!.taskId) await release.promise
      })
      await producer.add([running!])
      await vi.waitFor(() => expect(received).toHaveLength(1), patience)
      await producer.add([first!])
      await producer.add([{ ...urgent!, urgent: true }, second!, { ...next!, urgent: true }])
      expect(await producer.known([urgent!])).toEqual(new Set([urgent!.jobId]))
      release.resolve()
      await vi.waitFor(() => expect(received).toHaveLength(5), patience)
      expect(received).toEqual([running!, urgent!, next!, first!, second!].map(({ taskId }) => taskId))
    })

    it('forgets finished and failed jobs, so that they block no later job of the same id', async () => {
      const [job] = makeJobs(1)
      let deliveries = 0
      await consume(async () => {
        deliveries += 1
        if (deliveries === 1) throw new Error('the first delivery fails')
      })
      for (const expected of [1, 2, 3]) {
        await producer.add([job!])
        await vi.waitFor(() => expect(deliveries).toBe(expected), patience)
        await vi.waitFor(async () => expect(await knows(job!)).toBe(false), patience)
      }
    })

    it('knows only waiting and running jobs', async () => {
      const [running, waiting, never] = makeJobs(3)
      const release = Promise.withResolvers<void>()
      const started = Promise.withResolvers<void>()
      await consume(async () => (started.resolve(), release.promise))
      await producer.add([running!])
      await started.promise
      await producer.add([waiting!])
      expect(await producer.known([running!, waiting!, never!])).toEqual(new Set([running!.jobId, waiting!.jobId]))
      release.resolve()
      await vi.waitFor(async () => expect(await producer.known([running!, waiting!])).toEqual(new Set()), patience)
    })

    it('does not know lost jobs, and accepts them again', async () => {
      const jobs = makeJobs(3)
      await producer.add(jobs)
      await server.loseEverything(prefix)
      expect(await producer.known(jobs)).toEqual(new Set())
      const received = new Set<string>()
      await consume(async ({ taskId }) => void received.add(taskId))
      await producer.add(jobs)
      await vi.waitFor(() => expect(received.size).toBe(3), patience)
    })

    it('survives the loss of a running job', async () => {
      const [lost, next] = makeJobs(2)
      const release = Promise.withResolvers<void>()
      const received: string[] = []
      await consume(async ({ taskId }) => (received.push(taskId), release.promise))
      await producer.add([lost!])
      await vi.waitFor(() => expect(received).toHaveLength(1), patience)
      await server.loseEverything(prefix)
      release.resolve()
      await producer.add([next!])
      await vi.waitFor(() => expect(received).toContain(next!.taskId), patience)
    })

    it('separates the classes of workers', async () => {
      const [forCpu, forGpu] = makeJobs(2)
      const received: string[] = []
      await consume(async ({ taskId }) => void received.push(`cpu ${taskId}`), { device: 'cpu' })
      await consume(async ({ taskId }) => void received.push(`gpu ${taskId}`), { device: 'gpu' })
      await producer.add([{ ...forGpu!, device: 'gpu' }, forCpu!])
      await vi.waitFor(() => expect(received).toHaveLength(2), patience)
      expect(received.toSorted()).toEqual([`cpu ${forCpu!.taskId}`, `gpu ${forGpu!.taskId}`])
    })

    it('runs at most the given number of concurrent jobs', async () => {
      const jobs = makeJobs(12)
      let running = 0
      let most = 0
      let done = 0
      const three = Promise.withResolvers<void>()
      await producer.add(jobs)
      await consume(
        async () => {
          running += 1
          most = Math.max(most, running)
          if (running === 3) three.resolve()
          await three.promise
          await new Promise((resolve) => setImmediate(resolve))
          running -= 1
          done += 1
        },
        { concurrency: 3 },
      )
      await vi.waitFor(() => expect(done).toBe(12), patience)
      expect(most).toBe(3)
    })

    it('waits for running handlers when it closes, and starts no others', async () => {
      const jobs = makeJobs(3)
      const release = Promise.withResolvers<void>()
      const received: string[] = []
      await producer.add(jobs)
      const consumer = await consume(async ({ taskId }) => (received.push(taskId), release.promise))
      await vi.waitFor(() => expect(received).toHaveLength(1), patience)
      let closed = false
      const closing = consumer.close().then(() => (closed = true))
      // If the close did not wait, these round trips to the server would give it ample time.
      for (const job of jobs) await producer.known([job])
      expect(closed).toBe(false)
      release.resolve()
      await closing
      expect(received).toHaveLength(1)
      expect(await producer.known(jobs)).toEqual(new Set(jobs.slice(1).map(({ jobId }) => jobId)))
    })

    it('keeps a long job with its consumer: the lock is renewed', async () => {
      const [job, after] = makeJobs(2)
      const received: string[] = []
      const endsAt = performance.now() + 3 * server.lockMs
      const handler: JobHandler = async ({ taskId }) => {
        received.push(taskId)
        if (taskId === job!.taskId) await vi.waitUntil(() => performance.now() > endsAt, patience)
      }
      await producer.add([job!])
      await consume(handler)
      await consume(handler)
      await vi.waitFor(async () => expect(await knows(job!)).toBe(false), patience)
      await producer.add([after!])
      await vi.waitFor(() => expect(received).toContain(after!.taskId), patience)
      expect(received).toEqual([job!.taskId, after!.taskId])
    })

    it('delivers a job again after its consumer was killed', async () => {
      const [job] = makeJobs(1)
      await producer.add([job!])
      const doomed = await server.startDoomedConsumer(prefix)
      await doomed.kill()
      const received: TaskJob[] = []
      await consume(async (delivered) => void received.push(delivered))
      await vi.waitFor(() => expect(received).toEqual([{ taskId: job!.taskId, epoch: job!.epoch }]), patience)
    })

    it('knows a job no longer whose consumer was killed before it claimed the task', async () => {
      const [job] = makeJobs(1)
      const impatient = await server.createProducer(prefix, { claimGraceMs: 300 })
      await impatient.add([job!])
      const doomed = await server.startDoomedConsumer(prefix, { lockMs: 60_000 })
      const takenAt = performance.now()
      expect(await impatient.known([job!])).toEqual(new Set([job!.jobId]))
      await doomed.kill()
      await vi.waitFor(async () => expect(await impatient.known([job!])).toEqual(new Set()), patience)
      expect(performance.now() - takenAt).toBeGreaterThan(290)
      await impatient.close()
    })

    it('continues after an outage of its server', async () => {
      const [before, during, after] = makeJobs(3)
      const received: string[] = []
      await consume(async ({ taskId }) => void received.push(taskId))
      await producer.add([before!])
      await vi.waitFor(() => expect(received).toEqual([before!.taskId]), patience)
      await server.disappear()
      const outage = { code: 'unavailable', message: expect.stringMatching(/^The queue /) as string }
      await expect(producer.add([during!])).rejects.toMatchObject(outage)
      await expect(producer.known([during!])).rejects.toMatchObject(outage)
      await server.reappear()
      await vi.waitFor(() => producer.add([after!]), patience)
      await vi.waitFor(() => expect(received).toContain(after!.taskId), patience)
    })

    it('closes within seconds during an outage of its server', async () => {
      const consumer = await consume(async () => undefined)
      const second = await server.createProducer(prefix)
      await server.disappear()
      const startedAt = performance.now()
      await Promise.all([consumer.close(), second.close()])
      expect(performance.now() - startedAt).toBeLessThan(8_000)
      await server.reappear()
    })
  })
}

function makeJobs(count: number): DispatchedJob[] {
  return Array.from({ length: count }, (_, epoch) => {
    const taskId = randomUUID()
    return { taskId, epoch, jobId: `${taskId}-${epoch}`, device: 'cpu', lane: 'any' }
  })
}
