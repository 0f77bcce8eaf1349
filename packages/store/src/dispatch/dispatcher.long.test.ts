import type { DispatchedJob } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { artifact, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

async function dispatch(lookAhead: number): Promise<DispatchedJob[]> {
  const jobs: DispatchedJob[] = []
  const dispatched = await bench.dispatcher.dispatch(lookAhead, async (added) => void jobs.push(...added))
  expect(dispatched === 'busy' ? 0 : dispatched).toBe(jobs.length)
  return jobs
}
const task = async (job: { taskId: string }, workspace = bench.workspace) =>
  (await bench.experiments.task(workspace, job.taskId))!

describe('dispatching', () => {
  it('keeps no more than the look-ahead in the queue', async () => {
    await bench.submit({ seeds: 10 })
    expect(await dispatch(4)).toHaveLength(4)
    expect(await dispatch(4)).toHaveLength(0)
    const [first] = await dispatch(5)
    await bench.take(first!.taskId)
    expect(await dispatch(5)).toHaveLength(1)
  })

  it('keeps no more in the queue than two for each slot of the live workers', async () => {
    await bench.announce('worker', [{ name: 'tfjs:cpu', device: 'cpu' }], 3)
    await bench.submit({ seeds: 10 })
    const [first] = await dispatch(100)
    expect(await dispatch(100)).toHaveLength(0)
    await bench.take(first!.taskId)
    expect(await dispatch(100)).toHaveLength(1)
  })

  it('keeps a look-ahead for each device', async () => {
    await bench.submit({ seeds: 3 })
    await bench.submit({ seeds: 3, options: { bias: 1 }, resources: { device: 'gpu' } })
    const jobs = await dispatch(2)
    expect(jobs.map(({ device }) => device).toSorted()).toEqual(['cpu', 'cpu', 'gpu', 'gpu'])
  })

  it('takes by priority first, then in turn from every experiment', async () => {
    await bench.submit({ seeds: [1], priority: 0 })
    await bench.submit({ seeds: [2], priority: 0 })
    await bench.submit({ seeds: [3], priority: 50 })
    const seeds = []
    for (const job of await dispatch(100)) seeds.push((await task(job)).seed)
    // The baseline, with no seed, is shared, and so has the highest priority of all tasks that need it. It is a turn of
    // the first experiment.
    expect(seeds.filter((seed) => seed !== null)).toEqual([3, 2, 1])
  })

  it('takes in turn from every workspace, starting with the one with the fewest in flight, whatever the priority', async () => {
    const other = await bench.workspaces.ensure('other')
    await bench.submit({ seeds: 8, priority: 100 })
    const busy = await dispatch(3)
    await bench.submit({ seeds: 8 }, other)
    const jobs = (await dispatch(3 + 7)).map((job) => job.taskId)
    const owners = []
    for (const taskId of jobs) owners.push((await bench.experiments.task(other, taskId)) === null ? 'main' : 'other')
    expect(busy).toHaveLength(3)
    expect(owners).toEqual(['other', 'other', 'other', 'other', 'main', 'other', 'main'])
  })

  it('leaves everything ready if the queue refuses', async () => {
    const id = await bench.submit({ seeds: 2 })
    const refused = bench.dispatcher.dispatch(10, async () => {
      throw new Error('no queue')
    })
    await expect(refused).rejects.toThrow()
    expect((await bench.experiments.get(bench.workspace, id))?.tasks).toMatchObject({ ready: 3, queued: 0 })
    expect(await dispatch(10)).toHaveLength(3)
  })

  it('dispatches every task once with any number of dispatchers', async () => {
    await bench.submit({ seeds: 20 })
    const batches = await Promise.all(Array.from({ length: 6 }, () => dispatch(7)))
    const ids = batches.flat().map(({ taskId }) => taskId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeLessThanOrEqual(7)
  })

  it('is done by one at a time: another is refused and does not wait', async () => {
    await bench.submit({ seeds: 20 })
    let meanwhile: number | 'busy' = -1
    await bench.dispatcher.dispatch(3, async () => {
      meanwhile = await bench.dispatcher.dispatch(10, async () => undefined)
    })
    expect(meanwhile).toBe('busy')
    expect(await dispatch(10)).toHaveLength(7)
  })

  it('continues after a process was frozen during it: its transaction is ended', { timeout: 40_000 }, async () => {
    await bench.submit({ seeds: 2 })
    const thawed = Promise.withResolvers<void>()
    const frozen = bench.dispatcher.dispatch(10, () => thawed.promise)
    frozen.catch(() => undefined)
    await vi.waitFor(async () => expect((await dispatch(10)).length).toBe(3), { timeout: 30_000, interval: 200 })
    thawed.resolve()
    await expect(frozen).rejects.toThrow()
  })

  it('never repeats the id of a job, and makes ids that the queue accepts: no colon, not all digits', async () => {
    await bench.submit()
    const [first] = await dispatch(1)
    const { claim } = await bench.take(first!.taskId)
    await bench.ledger.release(claim, 'shutdown')
    const second = (await dispatch(5)).find(({ taskId }) => taskId === first!.taskId)
    expect(second).toMatchObject({ taskId: first!.taskId, epoch: 1 })
    expect(second!.jobId).not.toBe(first!.jobId)
    expect(second!.jobId).toMatch(/^(?!\d+$)[^:]+$/)
  })
})

describe('short tasks', () => {
  const engines = [{ name: 'tfjs:cpu', device: 'cpu' }] as const
  const about = async (jobs: readonly DispatchedJob[]) =>
    (await Promise.all(jobs.map(async (job) => `${(await task(job)).key} ${job.lane}`))).toSorted()

  it('go first to the slots for short tasks only, and to any other while long ones leave one free', async () => {
    await bench.announce('worker', engines, 2, 1)
    await bench.submit({ seeds: [1] })
    expect(await about(await dispatch(100))).toEqual(['baseline short', 'train any'])
  })

  it('go only to those slots while long ones have or wait for all others', async () => {
    await bench.announce('worker', engines, 2, 1)
    await bench.submit({ seeds: [1, 2, 3, 4] })
    const jobs = await dispatch(100)
    expect(await about(jobs)).toEqual(['baseline short', ...Array.from({ length: 4 }, () => 'train any')])
    const claims = new Map<string, Awaited<ReturnType<Bench['take']>>['claim']>()
    for (const job of jobs) if (job.lane === 'any') claims.set(job.taskId, (await bench.take(job.taskId)).claim)
    for (const claim of claims.values()) await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
    // The baseline is still queued, so there is room for one more of the four evaluations.
    expect(await about(await dispatch(100))).toEqual(['evaluate@2 short'])
    await bench.succeed(jobs.find(({ lane }) => lane === 'short')!.taskId)
    expect(await about(await dispatch(100))).toEqual(['evaluate@2 short'])
  })

  it('use any slot if no worker has slots for them', async () => {
    await bench.announce('worker', engines, 1)
    await bench.submit({ seeds: [1] })
    expect(await about(await dispatch(100))).toEqual(['baseline any', 'train any'])
  })

  it('are looked for, when lost, in the queue that they were added to', async () => {
    await bench.announce('worker', engines, 2, 1)
    await bench.submit({ seeds: [1] })
    await dispatch(100)
    const asked: DispatchedJob[] = []
    await bench.dispatcher.requeueLost(async (jobs) => {
      asked.push(...jobs)
      return new Set(jobs.map(({ jobId }) => jobId))
    })
    expect(await about(asked)).toEqual(['baseline short', 'train any'])
  })
})

describe('a lost job', () => {
  it('makes only its own task ready again, under another id', async () => {
    await bench.submit({ seeds: 3 })
    const [lost, ...kept] = await dispatch(4)
    const known = new Set(kept.map(({ jobId }) => jobId))
    expect(
      await bench.dispatcher.requeueLost(
        async (jobs) => new Set(jobs.map(({ jobId }) => jobId).filter((id) => known.has(id))),
      ),
    ).toBe(1)
    expect((await task(lost!)).state).toBe('ready')
    const [again, ...more] = await dispatch(4)
    expect(more).toEqual([])
    expect(again!.taskId).toBe(lost!.taskId)
    expect(again!.jobId).not.toBe(lost!.jobId)
  })

  it('is ignored if a worker claimed the task during the query of the queue', async () => {
    await bench.submit()
    const [job] = await dispatch(1)
    const requeued = await bench.dispatcher.requeueLost(async () => {
      await bench.take(job!.taskId)
      return new Set()
    })
    expect(requeued).toBe(0)
    expect((await task(job!)).state).toBe('running')
  })

  it('is not looked for while nothing is queued', async () => {
    expect(await bench.dispatcher.requeueLost(() => Promise.reject(new Error('asked')))).toBe(0)
  })
})
