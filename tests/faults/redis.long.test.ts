import { createArtifactStore } from '@goalpost/artifacts'
import { startOutageProxy, type OutageProxy } from '@goalpost/testing/outage-proxy'
import { startRedisServer, type TestRedisServer } from '@goalpost/testing/redis-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from '../../apps/worker/test/laboratory.ts'
import { openInvariants, type Invariants } from './invariants.ts'

/**
 * Redis loses its jobs, or cannot be reached, while workers run an experiment whose jobs wait in it. PostgreSQL knows
 * every task, so the experiment goes on, with the hash of an undisturbed one.
 */
const patience = { timeout: 60_000, interval: 50 }
const leaseMs = 1_500
/** Six runs on two workers: two train, others wait in the queue, the rest in PostgreSQL. */
const seeds = [1, 2, 3, 4, 5, 6]
const drill = { updates: 100, updateMs: 5, checkpointEvery: 20, evaluated: true }
/** docs/operations.md: how long after the fault jobs that were lost are queued again at the latest. */
const boundMs = 20_000

let laboratory: Laboratory
let redis: TestRedisServer
let relay: OutageProxy
let invariants: Invariants
let undisturbedHash: string

type Experiment = Awaited<ReturnType<Laboratory['submit']>>

beforeAll(async () => {
  redis = await startRedisServer(['--appendonly', 'yes', '--appendfsync', 'always'])
  relay = await startOutageProxy({ host: '127.0.0.1', port: Number(new URL(redis.url).port) })
  laboratory = await openLaboratory()
  const artifacts = await createArtifactStore(laboratory.artifactsUrl)
  invariants = await openInvariants(laboratory.databaseUrl, (hash) => artifacts.read(hash))
  startWorkers()
  undisturbedHash = await hashOf(await laboratory.submit(drill, seeds))
})
afterAll(async () => {
  await laboratory.stopWorkers()
  await relay.disappear()
  await invariants.close()
  await laboratory.close()
  await redis.close()
})

function startWorkers() {
  const environment = { REDIS_URL: `redis://127.0.0.1:${relay.port}`, GOALPOST_LEASE_MS: String(leaseMs) }
  return [1, 2].map(() => laboratory.startWorker(environment))
}

async function hashOf(experiment: Experiment): Promise<string> {
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  return (await experiment.view()).resultHash!
}

const tasksOf = async (experiment: Experiment) => (await experiment.view()).runs.flatMap(({ tasks }) => tasks)

/** Ids of tasks whose jobs wait in Redis, while others run. */
async function waitingJobs(experiment: Experiment): Promise<Set<string>> {
  return vi.waitFor(async () => {
    const tasks = await tasksOf(experiment)
    expect(tasks.map(({ state }) => state)).toContain('running')
    const waiting = tasks.filter(({ state }) => state === 'queued')
    expect(waiting).not.toEqual([])
    return new Set(waiting.map(({ id }) => id))
  }, patience)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const faults: readonly (readonly [string, () => Promise<void>])[] = [
  ['is flushed', () => redis.flush()],
  ['is killed and starts again with its data', () => redis.kill().then(() => redis.start())],
  [
    'is killed and starts again without its data',
    () =>
      redis
        .kill()
        .then(() => redis.forget())
        .then(() => redis.start()),
  ],
  [
    'refuses connections for longer than a lease',
    async () => {
      await relay.disappear()
      await pause(3 * leaseMs)
      await relay.reappear()
    },
  ],
  [
    'answers nothing for longer than a lease',
    async () => {
      redis.signal('SIGSTOP')
      await pause(3 * leaseMs)
      redis.signal('SIGCONT')
    },
  ],
]

describe('an experiment whose Redis', () => {
  it.each(faults)('%s goes on within the stated time, with an equal result', async (_, strike) => {
    const experiment = await laboratory.submit(drill, seeds)
    const waiting = await waitingJobs(experiment)
    await strike()
    await vi.waitFor(
      async () => {
        const neverClaimed = (await tasksOf(experiment)).filter(({ id, attempts }) => waiting.has(id) && attempts === 0)
        expect(neverClaimed).toEqual([])
      },
      { ...patience, timeout: boundMs },
    )
    expect(await hashOf(experiment)).toBe(undisturbedHash)
    expect(await invariants.check('at rest')).toEqual([])
  })
})
