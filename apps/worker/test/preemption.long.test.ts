import { randomUUID } from 'node:crypto'
import { startTestRedis } from '@goalpost/testing/redis-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from './laboratory.ts'

const patience = { timeout: 45_000, interval: 30 }
/** Three seconds of work. */
const lengthy = { updates: 600, updateMs: 5, checkpointEvery: 100 }
const urgent = { updates: 20, updateMs: 5, checkpointEvery: 100 }
const leastRunMs = 1_000

let laboratory: Laboratory
let redis: Awaited<ReturnType<typeof startTestRedis>>
beforeAll(async () => {
  laboratory = await openLaboratory()
  redis = await startTestRedis()
})
afterAll(async () => {
  await laboratory.stopWorkers()
  await redis.close()
  await laboratory.close()
})

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

const hashOf = async (experiment: Experiment): Promise<string> => {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  return (await experiment.view()).runs[0]!.resultHash!
}

const startedFor = async (experiment: Experiment): Promise<number> => {
  const [attempt] = (await experiment.train()).attemptHistory
  return attempt === undefined ? 0 : Date.now() - Date.parse(attempt.startedAt)
}

describe.each(['PostgreSQL', 'Redis'])('with its queue in %s, a worker whose only slot is taken', (queue) => {
  it('gives it to a task of higher priority, before what waited, and goes on with an equal result', async () => {
    const environment: Record<string, string> = queue === 'Redis' ? { REDIS_URL: redis.url } : {}
    const worker = laboratory.startWorker({ GOALPOST_PREEMPT_AFTER_MS: String(leastRunMs), ...environment })
    const undisturbed = await hashOf(await laboratory.submit(lengthy))
    const own = { workspace: randomUUID() }
    const submit = (options: typeof lengthy, seed: number, priority: number) =>
      laboratory.submit(options, [seed], undefined, null, { ...own, priority })
    const low = await submit(lengthy, 1, 0)
    await vi.waitFor(async () => expect(await startedFor(low)).toBeGreaterThan(leastRunMs), patience)
    const waiting = await submit(urgent, 2, 0)
    const high = await submit(urgent, 3, 10)
    await hashOf(high)
    const { attemptHistory } = await low.train()
    expect(attemptHistory[0]).toMatchObject({ outcome: 'cancelled' })
    expect((await waiting.train()).attempts).toBe(0)
    expect(await hashOf(low)).toBe(undisturbed)
    await hashOf(waiting)
    const resumed = (await low.logs()).filter(({ message }) => message.startsWith('resuming at '))
    expect(resumed).toHaveLength(1)
    expect((await low.train()).attempts).toBe(2)
    worker.signal('SIGTERM')
    await worker.ended
  })
})
