import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startTestRedis } from '@goalpost/testing/redis-server'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory } from './laboratory.ts'
import type { Laboratory } from './laboratory.ts'
import { isRunning, startWorkerProcess } from './worker-process.ts'

const patience = { timeout: 45_000, interval: 30 }
/** Two seconds of work with many checkpoints: enough time to interrupt it anywhere. */
const lengthy = { updates: 400, updateMs: 5, checkpointEvery: 25 }

describe('a worker process', () => {
  let laboratory: Laboratory
  let undisturbedHash: string
  beforeAll(async () => {
    laboratory = await openLaboratory()
  })
  afterEach(() => laboratory.stopWorkers())
  afterAll(() => laboratory.close())

  type Experiment = Awaited<ReturnType<Laboratory['submit']>>
  const reaches = (experiment: Experiment, state: string) =>
    vi.waitFor(async () => expect((await experiment.view()).state).toBe(state), patience)
  const isUnderway = (experiment: Experiment) =>
    vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), patience)

  it('computes an experiment from the submitted rows to the report', async () => {
    const experiment = await laboratory.submit(lengthy)
    laboratory.startWorker()
    await reaches(experiment, 'succeeded')
    const view = await experiment.view()
    expect(view.runs[0]).toMatchObject({
      state: 'succeeded',
      tasks: [{ key: 'train', state: 'succeeded', attempts: 1 }],
    })
    expect(view.sharedTasks).toMatchObject([{ kind: 'analyse', state: 'succeeded' }])
    undisturbedHash = view.runs[0]!.resultHash!
    expect(undisturbedHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('finishes with the same hash after its trainer was killed during the task', async () => {
    const experiment = await laboratory.submit(lengthy)
    const worker = laboratory.startWorker()
    await isUnderway(experiment)
    for (const pid of worker.trainerPids()) process.kill(pid, 'SIGKILL')
    await reaches(experiment, 'succeeded')
    const train = await experiment.train()
    expect(train.attemptHistory).toMatchObject([
      { outcome: 'failed', failure: { code: 'trainer-crashed' } },
      { outcome: 'succeeded' },
    ])
    expect((await experiment.view()).runs[0]!.resultHash).toBe(undisturbedHash)
    expect((await experiment.logs()).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^resuming at \d+$/),
    )
  })

  it('leaves its work to another worker when it is killed, with the same hash, and its trainers end with it', async () => {
    const experiment = await laboratory.submit(lengthy)
    const first = laboratory.startWorker()
    await isUnderway(experiment)
    const trainers = first.trainerPids()
    first.signal('SIGKILL')
    await first.ended
    laboratory.startWorker()
    await reaches(experiment, 'succeeded')
    expect((await experiment.train()).attemptHistory).toMatchObject([{ outcome: 'lost' }, { outcome: 'succeeded' }])
    expect((await experiment.view()).runs[0]!.resultHash).toBe(undisturbedHash)
    expect(trainers.length).toBeGreaterThan(0)
    await vi.waitFor(() => expect(trainers.filter(isRunning)).toEqual([]), patience)
  })

  it('writes nothing when it wakes after another worker has taken over', async () => {
    const experiment = await laboratory.submit(lengthy)
    const frozen = laboratory.startWorker()
    await isUnderway(experiment)
    const trainers = frozen.trainerPids()
    frozen.signal('SIGSTOP')
    const second = laboratory.startWorker()
    await vi.waitFor(async () => expect((await experiment.train()).attemptHistory).toHaveLength(2), patience)
    frozen.signal('SIGCONT')
    await vi.waitFor(() => expect(trainers.filter(isRunning)).toEqual([]), patience)
    await reaches(experiment, 'succeeded')
    const [lost, won] = (await experiment.train()).attemptHistory
    expect([lost!.outcome, won!.outcome]).toEqual(['lost', 'succeeded'])
    expect(won!.worker).toContain(`-${second.pid}-`)
    expect((await experiment.view()).runs[0]!.resultHash).toBe(undisturbedHash)
    expect(isRunning(frozen.pid)).toBe(true)
  })

  it('detects that the queue has lost its jobs', async () => {
    const experiments = await Promise.all(
      [1, 2, 3].map((seed) => laboratory.submit({ ...lengthy, updates: 200 }, [seed])),
    )
    laboratory.startWorker()
    const client = new pg.Client(laboratory.databaseUrl)
    await client.connect()
    const queued = async () => (await client.query(`SELECT FROM tasks WHERE state = 'queued'`)).rowCount
    await vi.waitFor(async () => expect(await queued()).toBe(2), patience)
    await client.query('TRUNCATE bullmq.job CASCADE')
    await client.end()
    for (const experiment of experiments) await reaches(experiment, 'succeeded')
    for (const experiment of experiments) expect((await experiment.train()).attempts).toBe(1)
  })

  it('gets its jobs from Redis if configured', async () => {
    const redis = await startTestRedis()
    const experiments = await Promise.all([1, 2].map((seed) => laboratory.submit({}, [seed])))
    const worker = laboratory.startWorker({ REDIS_URL: redis.url })
    for (const experiment of experiments) await reaches(experiment, 'succeeded')
    worker.signal('SIGTERM')
    expect(await worker.ended).toBe(0)
    await redis.close()
  })

  it('gives up on a task that fails repeatedly, and gives the reason', async () => {
    const experiment = await laboratory.submit({ behaviour: 'throws' })
    laboratory.startWorker()
    await reaches(experiment, 'failed')
    const train = await experiment.train()
    expect(train.attempts).toBe(3)
    expect(train.failure).toEqual({ code: 'task-failed', message: 'the drill says so' })
    // The stack is only in the logs.
    expect((await experiment.logs()).some(({ message }) => message.includes('drill-protocol.ts'))).toBe(true)
  })

  it.each(['sound', 'deaf'] as const)(
    'stops a cancelled task within seconds, with a trainer that is %s',
    async (behaviour) => {
      const experiment = await laboratory.submit({ ...lengthy, updates: 100_000, behaviour })
      laboratory.startWorker()
      await vi.waitFor(async () => expect((await experiment.train()).state).toBe('running'), patience)
      await vi.waitFor(async () => expect((await experiment.train()).progress).not.toBeNull(), patience)
      const cancelledAt = performance.now()
      await experiment.cancel()
      await vi.waitFor(async () => expect((await experiment.train()).state).toBe('cancelled'), patience)
      expect(performance.now() - cancelledAt).toBeLessThan(15_000)
    },
  )

  it('returns its task when it is asked to stop, and exits cleanly within seconds', async () => {
    const experiment = await laboratory.submit(lengthy)
    const first = laboratory.startWorker()
    await isUnderway(experiment)
    const askedAt = performance.now()
    first.signal('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(performance.now() - askedAt).toBeLessThan(15_000)
    expect((await experiment.train()).state).toMatch(/ready|queued/)
    laboratory.startWorker()
    await reaches(experiment, 'succeeded')
    expect((await experiment.view()).runs[0]!.resultHash).toBe(undisturbedHash)
  })

  it('survives a database outage longer than a lease, and continues', async () => {
    const experiment = await laboratory.submit({ ...lengthy, updates: 800 })
    const worker = laboratory.startWorker()
    await isUnderway(experiment)
    const trainers = worker.trainerPids()
    await laboratory.outage.disappear()
    // Without a lease the attempt must not continue.
    await vi.waitFor(() => expect(trainers.filter(isRunning)).toEqual([]), patience)
    await laboratory.outage.reappear()
    await reaches(experiment, 'succeeded')
    expect(isRunning(worker.pid)).toBe(true)
    expect(worker.output().split('\n').length).toBeLessThan(60)
  })
})

describe('the start of a worker process', () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory()
  })
  afterAll(() => laboratory.close())

  it.each([
    ['a variable is missing', { DATABASE_URL: '' }, 2, /^goalpost worker: DATABASE_URL is missing: .*\n$/],
    ['a variable is malformed', { GOALPOST_QUEUES: 'tpu' }, 2, /^goalpost worker: GOALPOST_QUEUES .*\n$/],
    [
      'a salt could be found by trying',
      { GOALPOST_SUITE_SALT: 'hunter2' },
      2,
      /^goalpost worker: GOALPOST_SUITE_SALT must have at least 32 characters, and has 7: .*\n$/,
    ],
    [
      'nobody answers as the database',
      { DATABASE_URL: 'postgresql://x@127.0.0.1:1/x' },
      6,
      /^goalpost worker: .*database.*\n$/,
    ],
    [
      'artifacts cannot be stored',
      { ARTIFACTS_URL: 'file:///dev/null/artifacts' },
      6,
      /^goalpost worker: .*\/dev\/null\/artifacts.*\n$/,
    ],
  ])('ends with one line when %s', async (_, environment, code, line) => {
    const worker = laboratory.startWorker(environment)
    expect(await worker.ended).toBe(code)
    expect(worker.output()).toMatch(line)
  })

  it('shows other processes no secret in its environment, nor in the environment and arguments of trainers', async () => {
    const salt = 'a salt that nobody but the operator of the service knows'
    const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))
    const { databaseUrl, artifactsUrl } = laboratory
    const environment = {
      DATABASE_URL: databaseUrl,
      ARTIFACTS_URL: artifactsUrl,
      GOALPOST_SUITE_SALT: salt,
      GOALPOST_MODEL_ENDPOINTS: 'http://127.0.0.1:9/v1=LAB_KEY',
      LAB_KEY: 'a key of a hosted model',
      AWS_SECRET_ACCESS_KEY: 'a key of an object store',
    }
    const secrets = [salt, databaseUrl, environment.LAB_KEY, environment.AWS_SECRET_ACCESS_KEY]
    const worker = startWorkerProcess({ ...environment, GOALPOST_LOG_LEVEL: 'debug' }, program)
    const trainers = () =>
      worker.trainerPids().filter((pid) => readProcess(pid, 'cmdline').includes('trainer-process/main.ts'))
    await vi.waitFor(() => expect(trainers()).not.toEqual([]), { timeout: 50_000, interval: 100 })
    for (const pid of [worker.pid, ...trainers()]) {
      // A trainer loads its code before it hides them.
      await vi.waitFor(() => {
        const shown = readProcess(pid, 'environ') + readProcess(pid, 'cmdline')
        expect(secrets.filter((secret) => shown.includes(secret))).toEqual([])
        expect(shown).toContain(artifactsUrl)
      }, 30_000)
    }
    worker.signal('SIGTERM')
    expect(await worker.ended).toBe(0)
    expect(worker.output()).not.toContain(salt)
  })
})

const readProcess = (pid: number, file: 'environ' | 'cmdline') => readFileSync(`/proc/${pid}/${file}`, 'utf8')
