import { randomUUID } from 'node:crypto'
import { createArtifactStore } from '@goalpost/artifacts'
import type { ArtifactStore } from '@goalpost/experiments'
import { startTestRedis } from '@goalpost/testing/redis-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from './laboratory.ts'

const patience = { timeout: 60_000, interval: 30 }
const leastRunMs = 1_000
/** Minutes of work: it does not end before it has been asked for its slot, however slow the machine is. */
const lengthy = { updates: 40_000, updateMs: 5, checkpointEvery: 100 }
const urgent = { updates: 20, updateMs: 5, checkpointEvery: 100 }

let laboratory: Laboratory
let artifacts: ArtifactStore
let redis: Awaited<ReturnType<typeof startTestRedis>>
beforeAll(async () => {
  laboratory = await openLaboratory()
  artifacts = await createArtifactStore(laboratory.artifactsUrl)
  redis = await startTestRedis()
})
afterAll(async () => {
  await laboratory.stopWorkers()
  await redis.close()
  await laboratory.close()
})

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

const hasSucceeded = (experiment: Experiment) =>
  vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)

async function latestPosition(experiment: Experiment): Promise<{ step: number; state: number }> {
  const checkpoints = (await experiment.checkpoints()).toSorted((a, b) => a.step - b.step)
  const bytes = await artifacts.read(checkpoints.at(-1)!.parts[0]!.hash)
  return JSON.parse(new TextDecoder().decode(bytes)) as { step: number; state: number }
}

const startsOf = async (experiment: Experiment): Promise<number[]> =>
  (await experiment.train()).attemptHistory.map(({ startedAt }) => Date.parse(startedAt))

const hasRun = (experiment: Experiment, ms: number) =>
  vi.waitFor(async () => {
    const [start = Number.POSITIVE_INFINITY] = await startsOf(experiment)
    expect(Date.now() - start).toBeGreaterThan(ms)
  }, patience)

/** The state of a training that nothing disturbs. */
function stateAfter(updates: number, seed: number): number {
  let state = seed
  for (let step = 0; step < updates; step++) state = (Math.imul(state, 1_664_525) + 1_013_904_223 + step) >>> 0
  return state
}

describe.each(['PostgreSQL', 'Redis'])('with its queue in %s, a worker whose only slot is taken', (queue) => {
  it('gives it to a task of higher priority, before what waited, and goes on with an equal result', async () => {
    const environment: Record<string, string> = queue === 'Redis' ? { REDIS_URL: redis.url } : {}
    const worker = laboratory.startWorker({ GOALPOST_PREEMPT_AFTER_MS: String(leastRunMs), ...environment })
    const own = { workspace: randomUUID() }
    const submit = (options: typeof lengthy, seed: number, priority: number) =>
      laboratory.submit(options, [seed], undefined, null, { ...own, priority })
    const low = await submit(lengthy, 1, 0)
    await hasRun(low, leastRunMs)
    const waiting = await submit(urgent, 2, 0)
    const high = await submit(urgent, 3, 10)
    await Promise.all([hasSucceeded(waiting), hasSucceeded(high)])

    const resumed = await vi.waitFor(async () => {
      const [message] = (await low.logs()).flatMap(({ message: text }) => /^resuming at (\d+)$/.exec(text)?.[1] ?? [])
      expect(message).toBeDefined()
      return Number(message)
    }, patience)
    const { step, state } = await vi.waitFor(async () => {
      const latest = await latestPosition(low)
      expect(latest.step).toBeGreaterThan(resumed)
      return latest
    }, patience)
    expect(state).toBe(stateAfter(step, 1))
    expect((await low.train()).attemptHistory.map(({ outcome }) => outcome)).toEqual(['cancelled', 'running'])
    const [highStart] = await startsOf(high)
    const [waitingStart] = await startsOf(waiting)
    const [lowStart, lowAgain] = await startsOf(low)
    expect(highStart).toBeGreaterThan(lowStart!)
    expect(highStart).toBeLessThan(waitingStart!)
    expect(highStart).toBeLessThan(lowAgain!)
    // So that it does not count as one with a free slot in the other test.
    worker.signal('SIGTERM')
    await worker.ended
    await low.cancel()
  })
})
