import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { artifact, plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

/** So that nothing of one test is dispatched in another. */
afterEach(async () => {
  for (const { id, state } of (await bench.experiments.list(bench.workspace, { limit: 200 })).items)
    if (state === 'waiting' || state === 'running') await bench.experiments.cancel(bench.workspace, id)
})

const actor = { key: null, address: '192.0.2.1' }
const which = (id: string) => ({ workspaceId: bench.workspace, id })
const pause = (id: string) => bench.experiments.setPaused(which(id), true, { actor })
const resume = (id: string) => bench.experiments.setPaused(which(id), false, { actor })
const read = async (id: string) => (await bench.experiments.get(bench.workspace, id))!
const latestAudit = async () => (await bench.apiKeys.audit(bench.workspace, { limit: 1 })).items[0]

async function readStored(taskId: string): Promise<unknown[]> {
  const client = new pg.Client(bench.database.url)
  await client.connect()
  const { rows } = await client.query('SELECT state, result, result_hash, manifest FROM tasks WHERE id = $1', [taskId])
  await client.end()
  return rows
}

describe('a paused experiment', () => {
  it('starts nothing, says since when, and goes on when it is resumed', async () => {
    const id = await bench.submit({ seeds: [1] })
    const before = await bench.states(id)
    expect(before).toMatchObject({ train: 'ready' })
    expect(await pause(id)).toMatchObject({ ok: true })
    expect(await latestAudit()).toMatchObject({ action: 'experiment.paused', before: { paused: false } })
    const paused = await read(id)
    expect([paused.state, typeof paused.pausedAt]).toEqual(['waiting', 'string'])
    expect(Object.values(await bench.states(id)).filter((state) => state !== 'blocked')).toEqual([])
    expect(paused.tasks.blocked).toBe(Object.keys(before).length)
    expect(await bench.dispatchAll()).toEqual([])

    expect(await resume(id)).toMatchObject({ ok: true })
    expect(await bench.states(id)).toEqual(before)
    expect((await read(id)).pausedAt).toBeNull()
    await bench.work()
    expect((await read(id)).state).toBe('succeeded')
    const items = (await bench.experiments.events(bench.workspace, id, 0, 200)) ?? []
    expect(items.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['experiment.paused', 'experiment.resumed']) as string[],
    )
  })

  it('keeps the results of its tasks that have succeeded', async () => {
    const id = await bench.submit({ seeds: [30] })
    const { train } = await bench.tasks(id)
    await bench.dispatchAll()
    await bench.succeed(train!)
    const stored = () => readStored(train!)
    const before = await stored()
    expect(before).toMatchObject([{ state: 'succeeded', result: expect.any(Object) as object }])
    expect(await pause(id)).toMatchObject({ ok: true })
    expect(await stored()).toEqual(before)
    expect(await resume(id)).toMatchObject({ ok: true })
    expect(await stored()).toEqual(before)
  })

  it('takes jobs back that no worker has claimed', async () => {
    const id = await bench.submit({ seeds: [2] })
    const [job] = await bench.dispatchAll()
    await pause(id)
    await expect(bench.take(job!.taskId, job!.epoch)).rejects.toThrow()
    await resume(id)
    await bench.work()
    expect((await read(id)).state).toBe('succeeded')
  })

  it('asks running tasks to stop; what they give back waits, with its checkpoint and progress', async () => {
    const id = await bench.submit({ seeds: [3] })
    const { train } = await bench.tasks(id)
    await bench.dispatchAll()
    const { claim } = await bench.take(train!)
    const renew = () => bench.ledger.renew(claim, 10_000)
    expect(await renew()).toEqual({ held: true, cancelRequested: false, pauseRequested: false })
    await pause(id)
    expect(await renew()).toEqual({ held: true, cancelRequested: false, pauseRequested: true })
    await bench.ledger.recordProgress(claim, { done: 3, total: 4, unit: 'steps' })
    expect(await bench.ledger.recordCheckpoint(claim, { step: 3, parts: [artifact('at the pause')] })).toBe(true)
    expect(await bench.ledger.release(claim, 'cancelled')).toBe(true)
    expect(await bench.states(id)).toMatchObject({ train: 'blocked' })
    expect((await read(id)).runs[0]!.tasks.find(({ key }) => key === 'train')).toMatchObject({ progress: { done: 3 } })
    await resume(id)
    const [again] = (await bench.dispatchAll()).filter(({ taskId }) => taskId === train)
    const { assignment } = await bench.take(train!, again!.epoch)
    expect(assignment.resume?.step).toBe(3)
  })

  it('does not stop tasks that another experiment wants, until that one is paused too', async () => {
    const [first, second] = [await bench.submit({ seeds: [4, 5] }), await bench.submit({ seeds: [5, 6] })]
    const ready = async (id: string) =>
      (await read(id)).runs.filter(({ tasks }) => tasks.some(({ state }) => state === 'ready')).map(({ seed }) => seed)
    await pause(first)
    expect([await ready(first), await ready(second)]).toEqual([[5], [5, 6]])
    await pause(second)
    expect([await ready(first), await ready(second)]).toEqual([[], []])
    await resume(first)
    expect([await ready(first), await ready(second)]).toEqual([[4, 5], [5]])
  })

  it('lends its tasks to a new experiment, and gets held again when that one is cancelled', async () => {
    const first = await bench.submit({ seeds: [7] })
    await pause(first)
    const second = await bench.submit({ seeds: [7] })
    expect(await bench.states(first)).toMatchObject({ train: 'ready' })
    await bench.experiments.cancel(bench.workspace, second)
    expect(await bench.states(first)).toMatchObject({ train: 'blocked' })
    await bench.experiments.retry(bench.workspace, second)
    expect(await bench.states(first)).toMatchObject({ train: 'ready' })
  })

  it('can be extended, cancelled and retried', async () => {
    const id = await bench.submit({ seeds: [8] })
    await pause(id)
    await bench.experiments.extend(bench.workspace, id, plan({ seeds: [8, 9] }))
    expect(await bench.dispatchAll()).toEqual([])
    await bench.experiments.cancel(bench.workspace, id)
    expect(await read(id)).toMatchObject({ state: 'cancelled', pausedAt: null })
    await bench.experiments.retry(bench.workspace, id)
    await bench.work()
    expect((await read(id)).state).toBe('succeeded')
  })

  it('is a change once; one that has ended, is outdated or belongs to others is refused', async () => {
    const id = await bench.submit({ seeds: [10] })
    expect(await pause(id)).toEqual(await pause(id))
    expect(await bench.experiments.setPaused(which(id), false, { actor, expectedRevision: 1 })).toMatchObject({
      code: 'stale-version',
    })
    const other = await bench.workspaces.ensure('other')
    expect(await bench.experiments.setPaused({ workspaceId: other, id }, false, { actor })).toMatchObject({
      code: 'not-found',
    })
    expect((await read(id)).pausedAt).not.toBeNull()
    await resume(id)
    await bench.work()
    expect(await pause(id)).toMatchObject({ ok: false, code: 'state-conflict' })
  })
})

describe('the priority of an experiment', () => {
  it('decides which of its workspace’s tasks is next, shared ones by the highest', async () => {
    const [first, second] = [await bench.submit({ seeds: [20, 21] }), await bench.submit({ seeds: [21, 22] })]
    const next = async () => {
      const [job] = await bench.dispatchAll(1)
      const { seed } = (await bench.take(job!.taskId, job!.epoch)).assignment
      return seed
    }
    await bench.experiments.setPriority(which(second), 5, { actor })
    expect(await latestAudit()).toMatchObject({ before: { priority: 0 }, after: { priority: 5 } })
    expect([await next(), await next()].toSorted((a, b) => a! - b!)).toEqual([21, 22])
    await bench.experiments.setPriority(which(second), -5, { actor })
    expect([(await read(first)).priority, (await read(second)).priority]).toEqual([0, -5])
    expect(await next()).toBe(20)
  })
})
