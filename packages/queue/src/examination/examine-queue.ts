import { randomUUID } from 'node:crypto'
import { errorMessage, type DoctorCheck } from '@goalpost/contracts'
import pg from 'pg'
import { queueName, type QueueConnection } from '../connection.ts'
import { createJobConsumer } from '../consumer.ts'
import { openQueue } from '../open-queue.ts'
import { queueSchema } from '../postgres.ts'
import { createJobProducer } from '../producer.ts'
import { judgeRedis } from './judge-redis.ts'
import { readRedisInfo } from './read-redis-info.ts'

const arrivalTimeoutMs = 15_000

/** Reads a Redis server's settings, then sends a job through a queue of its own. Leaves nothing behind. */
export async function examineRedis(url: string): Promise<DoctorCheck[]> {
  const remedy = 'Check REDIS_URL, and that the server is running'
  const reached = await attempt('Redis server', remedy, () => readRedisInfo(url))
  if (reached.check !== null) return [reached.check]
  const settings = judgeRedis(reached.result)
  const server: DoctorCheck = { name: 'Redis server', status: 'ok', detail: 'REDIS_URL is reachable' }
  // A server that cannot work would let the job wait for ever.
  const usable = settings.every(({ status }) => status !== 'failed')
  return [server, ...settings, ...(usable ? [await examineQueue({ kind: 'redis', url })] : [])]
}

/** The queue in PostgreSQL, whose schema the first start makes: doctor makes none. */
export async function examinePostgresQueue(url: string): Promise<DoctorCheck[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 15_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [queueSchema])
    if (rowCount !== 0) return [await examineQueue({ kind: 'postgres', url })]
    return [{ name: 'queue', status: 'skipped', detail: 'The first start of a worker creates it in PostgreSQL' }]
  } catch (error) {
    return [{ name: 'queue', status: 'failed', detail: errorMessage(error), remedy: 'Check DATABASE_URL' }]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function examineQueue(connection: QueueConnection): Promise<DoctorCheck> {
  const startedAt = performance.now()
  const remedy = connection.kind === 'redis' ? 'Check REDIS_URL' : 'Check DATABASE_URL'
  const { check } = await attempt('queue', `${remedy}; docs/operations.md lists what Goalpost needs`, () =>
    sendProbe(connection),
  )
  if (check !== null) return check
  return {
    name: 'queue',
    status: 'ok',
    detail: `A job was queued and fetched within ${Math.round(performance.now() - startedAt)} ms`,
  }
}

async function sendProbe(connection: QueueConnection): Promise<void> {
  const prefix = `goalpost-doctor-${randomUUID()}`
  const onError = (): void => undefined
  const { promise: arrived, resolve } = Promise.withResolvers<string>()
  const consumer = await createJobConsumer(connection, {
    device: 'cpu',
    concurrency: 1,
    prefix,
    onError,
    handler: async ({ taskId }) => resolve(taskId),
  })
  const producer = await createJobProducer(connection, { prefix, onError })
  try {
    const taskId = randomUUID()
    await producer.add([{ taskId, epoch: 0, jobId: `probe-${taskId}`, device: 'cpu', lane: 'any' }])
    await within(arrived)
  } finally {
    await Promise.all([consumer.close(), producer.close()])
    await removeQueue(connection, queueName({ device: 'cpu', lane: 'any' }, prefix))
  }
}

async function removeQueue(connection: QueueConnection, name: string): Promise<void> {
  const queue = await openQueue(connection, name, () => undefined)
  try {
    await queue.waitUntilReady()
    await queue.obliterate({ force: true })
  } finally {
    await queue.close()
    await queue.closeConnections()
  }
}

async function within(arrived: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const text = `A job was queued, and no consumer got it within ${arrivalTimeoutMs / 1_000} s`
    timer = setTimeout(() => reject(new Error(text)), arrivalTimeoutMs)
  })
  try {
    await Promise.race([arrived, late])
  } finally {
    clearTimeout(timer)
  }
}

type Attempt<T> = { readonly check: DoctorCheck } | { readonly check: null; readonly result: T }

async function attempt<T>(name: string, remedy: string, work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { check: null, result: await work() }
  } catch (error) {
    return { check: { name, status: 'failed', detail: errorMessage(error), remedy } }
  }
}
