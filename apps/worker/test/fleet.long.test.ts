import type { TaskView } from '@goalpost/contracts'
import { startTestRedis } from '@goalpost/testing/redis-server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLaboratory } from './laboratory.ts'
import type { Laboratory } from './laboratory.ts'

const patience = { timeout: 90_000, interval: 30 }
/** A second of work with many checkpoints. */
const lengthy = { updates: 200, updateMs: 5, checkpointEvery: 20 }
/** Much longer than a worker takes to start and find its engines; to be cancelled. */
const endless = { updates: 100_000, updateMs: 5, checkpointEvery: 100 }
/** Several processes per test, on machines that may be busy. */
const timeout = 180_000

const onGpu = (engines: string) => ({ GOALPOST_QUEUES: 'gpu', DRILL_ENGINES: engines })
const cuda = onGpu('onnx:cuda')

const brokers: readonly (readonly [string, () => Promise<{ env: Record<string, string>; close(): Promise<void> }>])[] =
  [
    ['PostgreSQL', async () => ({ env: {}, close: async () => undefined })],
    ['Redis', async () => startTestRedis().then((redis) => ({ env: { REDIS_URL: redis.url }, close: redis.close }))],
  ]

describe.each(brokers)('workers with different engines, with jobs on %s', { timeout }, (_, startBroker) => {
  let laboratory: Laboratory
  let broker: Awaited<ReturnType<typeof startBroker>>
  beforeAll(async () => {
    broker = await startBroker()
    laboratory = await openLaboratory()
  })
  afterEach(() => laboratory.stopWorkers())
  afterAll(async () => {
    await laboratory.close()
    await broker.close()
  })

  type Experiment = Awaited<ReturnType<Laboratory['submit']>>
  const start = (environment: Record<string, string> = {}) =>
    laboratory.startWorker({ ...broker.env, GOALPOST_LOG_LEVEL: 'debug', ...environment })
  const reaches = (experiment: Experiment, state: string) =>
    vi.waitFor(async () => expect((await experiment.view()).state).toBe(state), patience)
  const isUnderway = (experiment: Experiment) =>
    vi.waitFor(async () => expect((await experiment.checkpoints()).length).toBeGreaterThan(1), patience)
  const ready = (count: number) =>
    vi.waitFor(async () => {
      const workers = await laboratory.workers.list()
      expect(workers.filter(({ engines }) => engines !== null)).toHaveLength(count)
    }, patience)
  const workersOf = ({ attemptHistory }: TaskView) => attemptHistory.map(({ worker }) => worker.split('-').at(-2))

  it('never give a GPU task to a worker without a GPU, and run it as soon as one with a GPU is there', async () => {
    const forGpu = await laboratory.submit({}, [1], 'onnx:cuda')
    start()
    // A CPU worker finishes its tasks before and after, so the other task has time to go astray.
    await reaches(await laboratory.submit({}), 'succeeded')
    await reaches(await laboratory.submit({}), 'succeeded')
    expect(await forGpu.train()).toMatchObject({ state: 'ready', attempts: 0 })
    const gpuWorker = start(cuda)
    // The analysis needs no engine: the CPU worker runs it.
    await reaches(forGpu, 'succeeded')
    const train = await forGpu.train()
    expect(workersOf(train)).toEqual([String(gpuWorker.pid)])
    expect(train.manifest?.engine).toMatchObject({ name: 'onnx:cuda', device: 'gpu' })
    expect((await forGpu.view()).sharedTasks).toMatchObject([{ kind: 'analyse', state: 'succeeded' }])
  })

  it('leave CPU tasks to CPU workers, unless a GPU worker is configured for both', async () => {
    const experiment = await laboratory.submit({})
    start(onGpu('onnx:cuda,tfjs:wasm'))
    await ready(1)
    await reaches(await laboratory.submit({}, [1], 'onnx:cuda'), 'running')
    expect(await experiment.train()).toMatchObject({ attempts: 0 })
    start({ GOALPOST_QUEUES: 'cpu,gpu', DRILL_ENGINES: 'onnx:cuda,tfjs:wasm' })
    await reaches(experiment, 'succeeded')
  })

  it('return tasks whose engine they lack, after a pause and without counting an attempt', async () => {
    const busy = await laboratory.submit(endless, [1], 'onnx:cuda')
    const waiting = await laboratory.submit({}, [2], 'onnx:cuda')
    const capable = start(cuda)
    await isUnderway(busy)
    const other = start(onGpu('onnx:webgpu'))
    const declined = () => other.output().split('It needs onnx:cuda on gpu').length - 1
    await vi.waitFor(() => expect(declined()).toBeGreaterThan(0), patience)
    await busy.cancel()
    start()
    await reaches(waiting, 'succeeded')
    expect(workersOf(await waiting.train())).toEqual([String(capable.pid)])
    expect((await waiting.train()).attempts).toBe(1)
    expect(declined()).toBeLessThan(10)
  })

  it('take over from one that was killed, with the same result', async () => {
    start()
    const undisturbed = await laboratory.submit(lengthy, [1], 'onnx:cuda')
    const disturbed = await laboratory.submit(lengthy, [1], 'onnx:cuda')
    const first = start(cuda)
    await reaches(undisturbed, 'succeeded')
    await isUnderway(disturbed)
    first.signal('SIGKILL')
    await first.ended
    start(cuda)
    await reaches(disturbed, 'succeeded')
    expect((await disturbed.train()).attemptHistory).toMatchObject([{ outcome: 'lost' }, { outcome: 'succeeded' }])
    expect((await disturbed.view()).runs[0]!.resultHash).toBe((await undisturbed.view()).runs[0]!.resultHash)
  })
})

describe('the registry of a running service', { timeout }, () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory()
  })
  afterEach(() => laboratory.stopWorkers())
  afterAll(() => laboratory.close())
  const hostsOf = async () => (await laboratory.workers.list()).map(({ id }) => Number(id.split('-').at(-2)))

  it('lists each worker’s engines, and removes one that ends at once, and one that was killed within seconds', async () => {
    const polite = laboratory.startWorker({ GOALPOST_WORKER_CONCURRENCY: '3' })
    const killed = laboratory.startWorker(cuda)
    await vi.waitFor(async () => {
      expect((await laboratory.workers.list()).filter(({ engines }) => engines !== null)).toHaveLength(2)
    }, patience)
    const byPid = new Map(
      (await laboratory.workers.list()).map((worker) => [Number(worker.id.split('-').at(-2)), worker]),
    )
    expect(byPid.get(polite.pid)).toMatchObject({
      queues: [{ device: 'cpu', slots: 3 }],
      engines: [{ name: 'tfjs:wasm', device: 'cpu' }],
    })
    expect(byPid.get(killed.pid)).toMatchObject({
      queues: [{ device: 'gpu', slots: 1 }],
      engines: [{ name: 'onnx:cuda', device: 'gpu' }],
    })
    polite.signal('SIGTERM')
    await polite.ended
    expect(await hostsOf()).toEqual([killed.pid])
    killed.signal('SIGKILL')
    await killed.ended
    await vi.waitFor(async () => expect(await hostsOf()).toEqual([]), patience)
  })

  it('does not list a worker without an engine for its queue, which ends with a reason', async () => {
    const worker = laboratory.startWorker({ GOALPOST_QUEUES: 'gpu', DRILL_ENGINES: 'tfjs:wasm' })
    expect(await worker.ended).toBe(1)
    expect(worker.output()).toMatch(/goalpost worker: GOALPOST_QUEUES names only gpu/)
    expect(await hostsOf()).toEqual([])
  })
})
