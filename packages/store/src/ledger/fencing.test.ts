import type { Claim } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import { artifact, manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

/** Train tasks that are still untouched. */
const untouched: string[] = []
beforeAll(async () => {
  const view = await bench.experiments.get(bench.workspace, await bench.submit({ seeds: 80 }))
  for (const { tasks } of view!.runs) untouched.push(tasks.find(({ key }) => key === 'train')!.id)
})
const newTask = () => untouched.pop()!

const writes: Record<string, (claim: Claim) => Promise<boolean>> = {
  renew: async (claim) => (await bench.ledger.renew(claim, 1_000)).held,
  recordProgress: (claim) => bench.ledger.recordProgress(claim, { done: 1, total: 4, unit: 'steps' }),
  recordSeries: (claim) => bench.ledger.recordSeries(claim, [{ series: 's', labels: {}, x: 1, value: 1 }]),
  recordCheckpoint: (claim) => bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] }),
  recordLogs: (claim) => bench.ledger.recordLogs(claim, [{ at: '2030-01-01T00:00:00Z', level: 'info', message: 'm' }]),
  complete: (claim) => bench.ledger.complete(claim, resultOf(1), manifest),
  fail: (claim) => bench.ledger.fail(claim, { code: 'task-failed', message: 'm' }),
  release: (claim) => bench.ledger.release(claim, 'shutdown'),
}

/** Everything that a write could change. */
async function tracesOf(taskId: string) {
  const { experiments, workspace } = bench
  const task = await experiments.task(workspace, taskId)
  return {
    state: task?.state,
    progress: task?.progress,
    result: task?.result,
    failure: task?.failure,
    logs: await experiments.logs(workspace, { taskId }, { limit: 10 }),
    series: await experiments.series(workspace, taskId, { maxPoints: 10 }),
    checkpoints: await experiments.checkpoints(workspace, { taskId, limit: 10 }),
    attempts: task?.attemptHistory,
  }
}

describe('a report of an attempt', () => {
  const reports = ['recordSeries', 'recordLogs', 'recordCheckpoint']
  it.each(reports)('%s does not change the row of its task: a report a second would bloat the table', async (name) => {
    const taskId = newTask()
    const { claim } = await bench.take(taskId)
    const database = openDatabase({ url: bench.database.url, poolSize: 1 })
    const version = () =>
      database.query((queries) => queries.$queryRaw`SELECT xmin::text FROM tasks WHERE id = ${taskId}::uuid`)
    const before = await version()
    expect(await writes[name]!(claim)).toBe(true)
    expect(await version()).toEqual(before)
    await database.close()
  })
})

describe('a write of an attempt', () => {
  it.each(Object.keys(writes))('%s is accepted while the claim holds', async (name) => {
    const taskId = newTask()
    const { claim } = await bench.take(taskId)
    expect(await writes[name]!(claim)).toBe(true)
  })

  it.each(Object.keys(writes))(
    '%s is refused, and leaves no trace, once another attempt has taken over',
    async (name) => {
      const taskId = newTask()
      const { claim } = await bench.take(taskId)
      bench.clock.advance(10_001)
      await bench.dispatcher.reapExpired()
      await bench.take(taskId, 1)
      const before = await tracesOf(taskId)
      expect(await writes[name]!(claim)).toBe(false)
      expect(await tracesOf(taskId)).toEqual(before)
    },
  )

  it.each(Object.keys(writes))('%s is refused between the loss of the lease and the next claim', async (name) => {
    const taskId = newTask()
    const { claim } = await bench.take(taskId)
    bench.clock.advance(10_001)
    await bench.dispatcher.reapExpired()
    expect(await writes[name]!(claim)).toBe(false)
  })

  it.each(Object.keys(writes))('%s is refused after the result is stored', async (name) => {
    const taskId = newTask()
    const { claim } = await bench.take(taskId)
    await bench.ledger.complete(claim, resultOf(1), manifest)
    expect(await writes[name]!(claim)).toBe(false)
    expect((await tracesOf(taskId)).result).toEqual(resultOf(1))
  })

  it.each(Object.keys(writes))('%s of a task that does not exist is refused', async (name) => {
    expect(await writes[name]!({ taskId: '00000000-0000-7000-8000-000000000000', epoch: 1 })).toBe(false)
  })
})

describe('a claim', () => {
  it('goes to exactly one of many concurrent workers, round after round', async () => {
    for (let round = 0; round < 15; round++) {
      const taskId = newTask()
      const ask = (worker: number) =>
        bench.ledger.claim({ taskId, epoch: 0 }, { id: `w${worker}`, leaseMs: 10_000, engines: [] })
      const outcomes = await Promise.all([1, 2, 3, 4].map(ask))
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })

  it('of a job that was delivered twice succeeds once', async () => {
    const taskId = newTask()
    const { claim } = await bench.take(taskId)
    await bench.ledger.release(claim, 'shutdown')
    const again = await bench.ledger.claim({ taskId, epoch: 0 }, { id: 'w', leaseMs: 1, engines: [] })
    expect(again).toEqual({ ok: false, reason: 'Another attempt has claimed it' })
  })

  it('of a task that is not ready reports its state instead', async () => {
    const { evaluate } = await bench.tasks(await bench.submit({ seeds: [1_000] }))
    expect(await bench.ledger.claim({ taskId: evaluate!, epoch: 0 }, { id: 'w', leaseMs: 1, engines: [] })).toEqual({
      ok: false,
      reason: 'It is blocked',
    })
  })

  it('and the end of a lease never both take the same attempt', async () => {
    for (let round = 0; round < 10; round++) {
      const taskId = newTask()
      const { claim } = await bench.take(taskId)
      bench.clock.advance(10_001)
      const completing = bench.ledger.complete(claim, resultOf(1), manifest)
      const [completed] = await Promise.all([completing, bench.dispatcher.reapExpired()])
      expect((await tracesOf(taskId)).state).toBe(completed ? 'succeeded' : 'ready')
    }
  })
})
