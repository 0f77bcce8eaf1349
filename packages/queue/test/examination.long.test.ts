import { startTestDatabase } from '@goalpost/testing'
import { startRedisServer } from '@goalpost/testing/redis-server'
import { Redis } from 'ioredis'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createJobProducer, examinePostgresQueue, examineRedis } from '../src/index.ts'

const outline = (checks: readonly { name: string; status: string }[]) =>
  checks.map(({ name, status }) => [name, status])

test('a Redis that can be used passes a job on, and keeps nothing of it', async () => {
  const server = await startRedisServer(['--appendonly', 'yes'])
  try {
    expect(outline(await examineRedis(server.url))).toEqual([
      ['Redis server', 'ok'],
      ['Redis settings', 'ok'],
      ['queue', 'ok'],
    ])
    const redis = new Redis(server.url)
    expect(await redis.keys('*')).toEqual([])
    redis.disconnect()
  } finally {
    await server.close()
  }
})

test.each([
  [['--maxmemory-policy', 'allkeys-lru'], /allkeys-lru/],
  [['--cluster-enabled', 'yes'], /Redis Cluster.*CROSSSLOT/],
])('a Redis with %j is refused before a job is sent', async (settings, detail) => {
  const server = await startRedisServer([...settings])
  try {
    const checks = await examineRedis(server.url)
    const failed = checks.filter(({ status }) => status === 'failed')
    expect(failed).toEqual([expect.objectContaining({ detail: expect.stringMatching(detail) })])
    expect(checks.some(({ name }) => name === 'queue')).toBe(false)
  } finally {
    await server.close()
  }
})

test('a Redis that does not answer is one finding', async () => {
  expect(await examineRedis('redis://127.0.0.1:1')).toEqual([
    expect.objectContaining({ name: 'Redis server', status: 'failed', remedy: expect.stringContaining('REDIS_URL') }),
  ])
})

test('the queue in PostgreSQL is used once it is there, and keeps nothing', async () => {
  const database = await startTestDatabase({ prepare: async () => undefined, template: 'empty' })
  try {
    expect(outline(await examinePostgresQueue(database.url))).toEqual([['queue', 'skipped']])
    const producer = await createJobProducer({ kind: 'postgres', url: database.url }, { onError: () => undefined })
    await producer.close()
    expect(outline(await examinePostgresQueue(database.url))).toEqual([['queue', 'ok']])
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name } of rows) {
      const left = await client.query(
        `SELECT t::text AS row FROM bullmq.${name} t WHERE t::text LIKE '%goalpost-doctor%'`,
      )
      expect(left.rows, name).toEqual([])
    }
    await client.end()
  } finally {
    await database.close()
  }
})
