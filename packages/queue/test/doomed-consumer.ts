import { createJobConsumer } from '../src/index.ts'
import type { QueueConnection } from '../src/index.ts'

/** A consumer to be killed: takes a job, reports it, and never finishes it. */
const { connection, prefix, lockMs } = JSON.parse(process.argv[2] ?? '{}') as {
  connection: QueueConnection
  prefix: string
  lockMs: number
}

await createJobConsumer(connection, {
  device: 'cpu',
  concurrency: 1,
  prefix,
  lockMs,
  stalledCheckMs: lockMs,
  onError: (error) => process.stderr.write(`${error.message}\n`),
  handler: () => {
    process.stdout.write('taken\n')
    return new Promise(() => undefined)
  },
})
