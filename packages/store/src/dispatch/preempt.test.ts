import type { DispatchedJob } from '@goalpost/experiments'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { artifact, manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

const resources = { engine: 'tfjs:cpu' }
const leastRunMs = 60_000
const actor = { key: null, address: '192.0.2.1' }

const worker = { id: 'w', leaseMs: 600_000, engines: [{ name: 'tfjs:cpu', device: 'cpu' as const }] }

type Claim = Awaited<ReturnType<Bench['take']>>['claim']

async function claim(taskId: string, epoch = 0): Promise<Claim> {
  const outcome = await bench.ledger.claim({ taskId, epoch }, worker)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.claim
}

/** A worker with this many slots, all of them taken by the trainings of an experiment of this priority. */
async function occupy(slots: number, priority = 0) {
  await announce(slots)
  const low = await bench.submit({ seeds: slots, priority, resources })
  for (const { taskId } of await bench.dispatchAll())
    if ((await task(taskId)).key === 'baseline') await bench.ledger.complete(await claim(taskId), resultOf(1), manifest)
  await bench.dispatchAll()
  const { runs } = (await bench.experiments.get(bench.workspace, low))!
  const claims: Claim[] = []
  for (const run of runs) claims.push(await claim(run.tasks.find(({ key }) => key === 'train')!.id))
  return { low, claims }
}

const announce = (slots: number) => bench.announce('w', [{ name: 'tfjs:cpu', device: 'cpu' }], slots)

/** Until running tasks may be asked. */
async function wait(slots: number): Promise<void> {
  bench.clock.advance(leastRunMs)
  await announce(slots)
}

const submitAbove = (priority = 10) => bench.submit({ seeds: [77], priority, resources })

async function preempt(): Promise<{ asked: number | 'busy'; jobs: DispatchedJob[] }> {
  const jobs: DispatchedJob[] = []
  const asked = await bench.dispatcher.preempt(leastRunMs, async (added) => void jobs.push(...added))
  return { asked, jobs }
}

async function stopping(claims: readonly Claim[]): Promise<Claim[]> {
  const renewed = await Promise.all(claims.map((own) => bench.ledger.renew(own, 600_000)))
  return claims.filter((_, index) => renewed[index]?.pauseRequested)
}

const task = async (id: string) => (await bench.experiments.task(bench.workspace, id))!

async function isOutranked(preempts?: boolean): Promise<boolean> {
  const watch = bench.watchWork(() => undefined, preempts === undefined ? {} : { preempts })
  const { outranked } = await watch.look()
  await watch.close()
  return outranked
}

describe('a waiting task of higher priority', () => {
  it('takes the slot of a running one, which stops at a checkpoint, waits, and goes on from there', async () => {
    const { low, claims } = await occupy(1)
    const [running] = claims
    expect(await isOutranked()).toBe(false)
    const high = await submitAbove()
    expect(await isOutranked()).toBe(true)
    expect(await isOutranked(false)).toBe(false)
    expect(await preempt()).toEqual({ asked: 0, jobs: [] })
    await wait(1)
    const { asked, jobs } = await preempt()
    const { train } = await bench.tasks(high)
    expect([asked, jobs]).toMatchObject([1, [{ taskId: train, urgent: true }]])
    expect(await stopping(claims)).toEqual([running])
    expect(await isOutranked()).toBe(false)
    // Asked once, also while it has not stopped yet.
    expect(await preempt()).toEqual({ asked: 0, jobs: [] })

    await bench.ledger.recordCheckpoint(running!, { step: 3, parts: [artifact('when asked')] })
    expect(await bench.ledger.release(running!, 'cancelled')).toBe(true)
    expect((await task(running!.taskId)).state).toBe('ready')
    const again = await bench.ledger.claim({ taskId: running!.taskId, epoch: 1 }, worker)
    expect(again).toMatchObject({ ok: true, assignment: { resume: { step: 3 } } })
    expect(await stopping([again.ok ? again.claim : running!])).toEqual([])

    const by = { experiment: high, task: train, priority: 10 }
    const events = (await bench.experiments.events(bench.workspace, low, 0, 100)) ?? []
    const preempted = events.filter(({ type }) => type === 'task.preempted')
    expect(preempted).toMatchObject([{ taskId: running!.taskId, data: { by, key: 'train' } }])
    const { items } = await bench.apiKeys.audit(bench.workspace, { limit: 1 })
    expect(items).toMatchObject([{ action: 'experiment.preempted', subject: { id: low }, after: { by } }])
  })

  it('is noted in every experiment that wants the task that was asked, and in none that is cancelled', async () => {
    const { low, claims } = await occupy(1)
    const shared = () => bench.submit({ seeds: 1, resources, name: 'the same' })
    const [cancelled, same] = [await shared(), await shared()]
    await bench.experiments.cancel(bench.workspace, cancelled)
    await submitAbove()
    await wait(1)
    expect((await preempt()).asked).toBe(1)
    expect(claims).toHaveLength(1)
    const { items } = await bench.apiKeys.audit(bench.workspace, { limit: 100 })
    const noted = items.filter(({ action }) => action === 'experiment.preempted').map(({ subject }) => subject.id)
    expect(noted.toSorted()).toEqual([low, same].toSorted())
  })

  it('that is in the queue already gets a job at its head; the first of its jobs counts', async () => {
    await occupy(1)
    const high = await submitAbove()
    const queued = await bench.dispatchAll()
    const { train } = await bench.tasks(high)
    expect(queued.map(({ taskId }) => taskId)).toContain(train)
    await wait(1)
    const { jobs } = await preempt()
    expect(jobs).toMatchObject([{ taskId: train, urgent: true }])
    expect(jobs[0]!.jobId).not.toBe(queued.find(({ taskId }) => taskId === train)!.jobId)
    await claim(train!)
    await expect(claim(train!)).rejects.toThrow()
  })

  it('asks no more tasks to stop than wait', async () => {
    const { claims } = await occupy(3)
    await submitAbove()
    await wait(3)
    expect((await preempt()).asked).toBe(1)
    expect(await stopping(claims)).toHaveLength(1)
    await submitAbove(20)
    await bench.submit({ seeds: [78], priority: 20, resources })
    expect((await preempt()).asked).toBe(1)
    expect(await stopping(claims)).toHaveLength(2)
  })

  it('asks nobody while a slot is free, nor a task of equal priority, nor one of another workspace', async () => {
    const { claims } = await occupy(2, 5)
    await submitAbove(10)
    await wait(3)
    expect((await preempt()).asked).toBe(0)
    await bench.close()
    bench = await startBench()
    const equal = await occupy(2, 5)
    await submitAbove(5)
    await bench.submit({ seeds: [78], priority: 100, resources }, await bench.workspaces.ensure('other'))
    await wait(2)
    expect((await preempt()).asked).toBe(0)
    expect(await stopping(equal.claims)).toEqual([])
    expect(claims).toHaveLength(2)
  })

  it('that is one of many finds its slot, also where those of another workspace or engine are above it', async () => {
    const { claims } = await occupy(1)
    const other = await bench.workspaces.ensure('other')
    const own = { seeds: [1], resources }
    const { train } = await bench.tasks(await bench.submit(own, other), other)
    await wait(2)
    await bench.dispatchAll()
    // It began just now: what waits for it has no slot to find.
    await claim(train!)
    await bench.submit({ seeds: 120, priority: 90, resources, options: { bias: 1 } }, other)
    await bench.submit({ seeds: 120, priority: 80, resources: { engine: 'tfjs:wasm' } })
    const high = await submitAbove()
    expect((await preempt()).jobs).toMatchObject([{ taskId: (await bench.tasks(high)).train }])
    expect(await stopping(claims)).toHaveLength(1)
  })

  it('for another device asks nobody', async () => {
    await occupy(1)
    await bench.submit({ seeds: [77], priority: 10, resources: { device: 'gpu' } })
    expect(await isOutranked()).toBe(false)
    await wait(1)
    expect((await preempt()).asked).toBe(0)
  })

  it('of a paused experiment asks nobody', async () => {
    await occupy(1)
    const high = await submitAbove()
    await bench.experiments.setPaused({ workspaceId: bench.workspace, id: high }, true, { actor })
    await wait(1)
    expect((await preempt()).asked).toBe(0)
  })

  it('waits for the slot without a job where the quota of the workspace is used up, and gets it then', async () => {
    const { claims } = await occupy(1)
    await bench.workspaces.setQuota('main', { cpuTasks: 1 }, actor)
    const high = await submitAbove()
    await wait(1)
    expect(await preempt()).toEqual({ asked: 1, jobs: [] })
    expect(await bench.dispatchAll()).toEqual([])
    await bench.ledger.release(claims[0]!, 'cancelled')
    const { train } = await bench.tasks(high)
    expect(await bench.dispatchAll()).toMatchObject([{ taskId: train }])
  })
})

it('is done by one process at a time, also where the queue refuses', async () => {
  const { claims } = await occupy(2)
  await submitAbove()
  await wait(2)
  const refused = bench.dispatcher.preempt(leastRunMs, () => Promise.reject(new Error('no queue')))
  await expect(refused).rejects.toThrow()
  expect(await stopping(claims)).toEqual([])
  const all = await Promise.all(Array.from({ length: 5 }, preempt))
  expect(all.filter(({ asked }) => asked === 1)).toHaveLength(1)
  expect(await stopping(claims)).toHaveLength(1)
})
