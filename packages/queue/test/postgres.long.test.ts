import { startTestDatabase } from '@goalpost/testing'
import { describeQueue } from '@goalpost/testing/queue-conformance'
import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { createJobConsumer, createJobProducer } from '../src/index.ts'
import { queueSchema } from '../src/postgres.ts'
import { underTest } from './queue-server.ts'

describeQueue('PostgreSQL', async () => {
  const database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  return underTest({
    connection: { kind: 'postgres', url: database.url },
    async loseEverything() {
      const client = new pg.Client(database.url)
      await client.connect()
      await client.query(`TRUNCATE ${queueSchema}.job CASCADE`)
      await client.end()
    },
    close: () => database.close(),
  })
})

it('finds a job that was not announced to a consumer, once the reconciler has asked about it', async () => {
  const database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  const connection = { kind: 'postgres', url: database.url } as const
  const onError = (error: Error) => expect.fail(error.message)
  const handled: string[] = []
  const announced = crypto.randomUUID()
  const job = { taskId: crypto.randomUUID(), epoch: 0, jobId: 'job-1', device: 'cpu', lane: 'any' } as const
  const elsewhere = await createJobProducer(connection, { onError, prefix: 'elsewhere' })
  const producer = await createJobProducer(connection, { onError })
  const consumer = await createJobConsumer(connection, {
    device: 'cpu',
    concurrency: 1,
    onError,
    handler: async ({ taskId }) => void handled.push(taskId),
  })
  const client = new pg.Client(database.url)
  await client.connect()
  // The consumer waits from here on.
  await producer.add([{ ...job, taskId: announced, jobId: 'job-0' }])
  await vi.waitFor(() => expect(handled).toEqual([announced]), { timeout: 10_000 })
  await elsewhere.add([job])
  // Moved by hand, without an announcement.
  await client.query(`UPDATE ${queueSchema}.job SET queue = 'goalpost-cpu' WHERE queue = 'elsewhere-cpu'`)
  await client.end()
  await vi.waitFor(
    async () => {
      await producer.known([job])
      expect(handled).toEqual([announced, job.taskId])
    },
    { timeout: 10_000, interval: 50 },
  )
  await Promise.all([consumer.close(), producer.close(), elsewhere.close()])
  await database.close()
})

it('uses its own schema where options of a connection are not its own: the string has others, or a pooler drops them', async () => {
  const database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  const url = new URL(database.url)
  url.searchParams.set('options', '-c search_path=public')
  const onError = (error: Error) => expect.fail(error.message)
  const producer = await createJobProducer({ kind: 'postgres', url: url.href }, { onError })
  const job = { taskId: crypto.randomUUID(), epoch: 0, jobId: 'job-1', device: 'cpu', lane: 'any' } as const
  await producer.add([job])
  expect([...(await producer.known([job]))]).toEqual(['job-1'])
  await producer.close()
  await database.close()
})
