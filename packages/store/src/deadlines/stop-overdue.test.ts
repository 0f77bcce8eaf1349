import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, plan, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const actor = { key: null, address: '192.0.2.1' }
const which = (id: string) => ({ workspaceId: bench.workspace, id })
const read = async (id: string) => (await bench.experiments.get(bench.workspace, id))!
const setDeadline = (id: string, deadline: string | null) =>
  bench.experiments.setDeadline(which(id), deadline, { actor })
/** All that are due; resolves to their number. */
async function stop(): Promise<number> {
  const overdue = await bench.deadlines.overdue(100, [])
  for (const which of overdue) expect(await bench.deadlines.stop(which)).toBe(true)
  return overdue.length
}
const latestAudit = async () => (await bench.apiKeys.audit(bench.workspace, { limit: 1 })).items[0]

describe('an experiment with a deadline', () => {
  it('is stopped once it has passed, and not before; it says why, and keeps what it has', async () => {
    const id = await bench.submit({ seeds: [1], deadline: '2h' })
    const deadline = new Date(bench.clock.now().getTime() + 7_200_000).toISOString()
    expect((await read(id)).deadline).toBe(deadline)
    const { train } = await bench.tasks(id)
    await bench.dispatchAll()
    const { claim } = await bench.take(train!)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact('before the deadline')] })
    bench.clock.advance(7_199_999)
    expect(await stop()).toBe(0)
    bench.clock.advance(1)
    expect(await stop()).toBe(1)
    expect(await stop()).toBe(0)
    const reason = `its deadline, ${deadline}, has passed`
    expect(await read(id)).toMatchObject({ stopReason: reason })
    expect(await bench.ledger.renew(claim, 10_000)).toMatchObject({ cancelRequested: true })
    await bench.ledger.release(claim, 'cancelled')
    expect(await read(id)).toMatchObject({ state: 'cancelled', stopReason: reason })
    const { items } = await bench.experiments.checkpoints(bench.workspace, { experimentId: id, limit: 10 })
    expect(items).toMatchObject([{ taskId: train, step: 2 }])
    expect(await latestAudit()).toMatchObject({ action: 'experiment.cancelled', after: { reason } })
  })

  it('can be given a later one, also after it was stopped, and then goes on without a reason', async () => {
    const at = (hours: number) => new Date(bench.clock.now().getTime() + hours * 3_600_000).toISOString()
    const id = await bench.submit({ seeds: [2], deadline: at(1) })
    const later = at(3)
    expect(await setDeadline(id, later)).toMatchObject({ ok: true })
    expect(await latestAudit()).toMatchObject({ action: 'experiment.deadline-set', after: { deadline: later } })
    bench.clock.advance(2 * 3_600_000)
    expect(await stop()).toBe(0)
    bench.clock.advance(3_600_000)
    expect(await stop()).toBe(1)
    expect(await bench.experiments.retry(bench.workspace, id)).toMatchObject({ ok: false, code: 'state-conflict' })
    expect(await setDeadline(id, null)).toMatchObject({ ok: true })
    expect(await bench.experiments.retry(bench.workspace, id)).toMatchObject({ ok: true })
    expect(await read(id)).toMatchObject({ state: 'waiting', deadline: null, stopReason: null })
    await bench.work()
    expect((await read(id)).state).toBe('succeeded')
  })

  it('is refused one that has passed, and an extension after it', async () => {
    const id = await bench.submit({ seeds: [3], deadline: '1m' })
    const now = bench.clock.now().toISOString()
    expect(await setDeadline(id, now)).toMatchObject({ ok: false, code: 'state-conflict' })
    await bench.work()
    bench.clock.advance(60_000)
    expect(await stop()).toBe(0)
    expect((await read(id)).state).toBe('succeeded')
    const { resolved, expansion } = plan({ seeds: [3, 4] })
    const extend = () => bench.experiments.extend(bench.workspace, id, { resolved, expansion })
    expect(await extend()).toMatchObject({ ok: false, code: 'state-conflict' })
    await setDeadline(id, '1d')
    expect(await extend()).toMatchObject({ ok: true })
  })

  it('leaves tasks running that another experiment wants', async () => {
    const id = await bench.submit({ seeds: [5], deadline: '1m' })
    const other = await bench.submit({ seeds: [5] })
    bench.clock.advance(60_000)
    expect(await stop()).toBe(1)
    await bench.work()
    expect((await read(other)).state).toBe('succeeded')
    expect((await read(id)).stopReason).toContain('has passed')
  })

  it('that cannot be stopped holds up no other: it can be left out, and the others come by their deadline', async () => {
    const ids = []
    for (const deadline of ['1m', '2m', '3m']) ids.push(await bench.submit({ seeds: [6], deadline }))
    const [first, second, third] = ids.map(which)
    bench.clock.advance(180_000)
    expect(await bench.deadlines.overdue(2, [])).toEqual([first, second])
    expect(await bench.deadlines.overdue(2, [first!.id])).toEqual([second, third])
    await setDeadline(second!.id, '1d')
    expect(await bench.deadlines.stop(second!)).toBe(false)
    expect(await stop()).toBe(2)
  })
})
