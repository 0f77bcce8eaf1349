import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, plan, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const get = async (id: string) => (await bench.experiments.get(bench.workspace, id))!
const cancel = (id: string) => bench.experiments.cancel(bench.workspace, id)
const retry = (id: string) => bench.experiments.retry(bench.workspace, id)

describe('cancelling an experiment', () => {
  it('cancels tasks that have not started, and asks running ones to stop', async () => {
    const id = await bench.submit({ seeds: [1] })
    const { claim } = await bench.take((await bench.tasks(id))['train']!)
    expect(await cancel(id)).toMatchObject({ ok: true })
    expect((await get(id)).state).toBe('cancelled')
    expect(await bench.states(id)).toEqual({
      train: 'running',
      baseline: 'cancelled',
      'evaluate@2': 'cancelled',
      evaluate: 'cancelled',
      analysis: 'cancelled',
    })
    expect(await bench.ledger.renew(claim, 1_000)).toMatchObject({ held: true, cancelRequested: true })
    expect(await bench.ledger.release(claim, 'cancelled')).toBe(true)
    expect((await bench.states(id))['train']).toBe('cancelled')
  })

  it('leaves tasks that another experiment needs', async () => {
    const first = await bench.submit({ seeds: [2, 3] })
    const second = await bench.submit({ seeds: [3, 4] })
    await cancel(first)
    const trains = (await get(first)).runs.map(({ seed, tasks }) => [
      seed,
      tasks.find(({ key }) => key === 'train')?.state,
    ])
    expect(trains).toEqual([
      [2, 'cancelled'],
      [3, 'ready'],
    ])
    expect((await get(second)).state).toBe('waiting')
    await bench.work()
    expect((await get(second)).state).toBe('succeeded')
    expect((await get(first)).state).toBe('cancelled')
  })

  it('cancels shared tasks once no experiment needs them', async () => {
    const [first, second] = [await bench.submit({ seeds: [5] }), await bench.submit({ seeds: [5] })]
    await cancel(first)
    expect((await bench.states(second))['train']).toBe('ready')
    await cancel(second)
    expect((await bench.states(second))['train']).toBe('cancelled')
  })

  it('may be repeated, and has no effect on one that has ended', async () => {
    const id = await bench.submit({ seeds: [6] })
    const first = await cancel(id)
    expect(await cancel(id)).toEqual(first)
    const done = await bench.submit({ seeds: [7] })
    await bench.work()
    expect(await cancel(done)).toEqual({
      ok: false,
      code: 'state-conflict',
      message: 'The experiment has already succeeded',
    })
  })

  it('is undone by a new experiment that needs a task whose worker has not stopped yet', async () => {
    const first = await bench.submit({ seeds: [8] })
    const train = (await bench.tasks(first))['train']!
    const { claim } = await bench.take(train)
    await cancel(first)
    const second = await bench.submit({ seeds: [8] })
    expect(await bench.ledger.renew(claim, 1_000)).toMatchObject({ held: true, cancelRequested: false })
    await bench.ledger.release(claim, 'cancelled')
    expect((await bench.states(second))['train']).toBe('ready')
  })
})

describe('retrying an experiment', () => {
  it('restarts failed tasks, the ones given up because of them, and the analysis that went without them', async () => {
    const id = await bench.submit({ seeds: [20] })
    const tasks = await bench.tasks(id)
    await bench.giveUp(tasks['train']!)
    await bench.work()
    expect(await bench.states(id)).toMatchObject({ train: 'failed', evaluate: 'failed', analysis: 'succeeded' })
    const before = (await bench.experiments.task(bench.workspace, tasks['analysis']!))!
    expect(await retry(id)).toMatchObject({ ok: true })
    expect(await bench.states(id)).toMatchObject({
      train: 'ready',
      'evaluate@2': 'blocked',
      evaluate: 'blocked',
      analysis: 'blocked',
    })
    expect((await get(id)).state).toBe('running')
    expect(await bench.experiments.task(bench.workspace, tasks['analysis']!)).toMatchObject({
      result: null,
      resultHash: null,
    })
    await bench.work()
    expect((await get(id)).state).toBe('succeeded')
    expect((await bench.experiments.task(bench.workspace, tasks['analysis']!))!.attempts).toBe(before.attempts + 1)
  })

  it('fences off an analysis that is already running on the failure', async () => {
    const id = await bench.submit({ seeds: [21] })
    const tasks = await bench.tasks(id)
    await bench.giveUp(tasks['train']!)
    if ((await bench.states(id))['baseline'] !== 'succeeded') await bench.succeed(tasks['baseline']!)
    const { claim } = await bench.take(tasks['analysis']!)
    await retry(id)
    expect(await bench.ledger.renew(claim, 1_000)).toMatchObject({ held: false, cancelRequested: false })
    await bench.work()
    expect((await get(id)).state).toBe('succeeded')
  })

  it('continues after a cancellation and keeps the computed results', async () => {
    const id = await bench.submit({ seeds: [22] })
    const tasks = await bench.tasks(id)
    const { claim } = await bench.take(tasks['train']!)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact('kept')] })
    await cancel(id)
    await bench.ledger.release(claim, 'cancelled')
    await retry(id)
    const again = await bench.take(tasks['train']!, 1)
    expect(again.assignment.resume).toEqual({ step: 2, parts: [artifact('kept')] })
    expect((await bench.states(id))['evaluate@2']).toBe('ready')
  })

  it('starts no task that only another, cancelled experiment wanted', async () => {
    const wider = await bench.submit({ seeds: [23, 24] })
    const id = await bench.submit({ seeds: [23] })
    await bench.giveUp((await bench.tasks(id))['train']!)
    await cancel(wider)
    await retry(id)
    const [shared, own] = (await get(wider)).runs
    const statesOf = (run: typeof own) => run?.tasks.filter(({ key }) => key !== 'baseline').map(({ state }) => state)
    expect(statesOf(shared)).toEqual(['ready', 'blocked', 'blocked'])
    expect(statesOf(own)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect((await get(wider)).sharedTasks.find(({ key }) => key === 'analysis')?.state).toBe('cancelled')
    await bench.work()
    expect((await get(id)).state).toBe('succeeded')
    await retry(wider)
    await bench.work()
    expect((await get(wider)).state).toBe('succeeded')
  })

  it('discards the outdated analysis of an experiment that was cancelled, and does not repeat it', async () => {
    const first = await bench.submit({ seeds: [26] })
    const tasks = await bench.tasks(first)
    await bench.giveUp(tasks['train']!)
    if ((await bench.states(first))['baseline'] !== 'succeeded') await bench.succeed(tasks['baseline']!)
    const { claim } = await bench.take(tasks['analysis']!)
    await cancel(first)
    await bench.ledger.complete(claim, resultOf(1), manifest)
    expect((await bench.states(first))['analysis']).toBe('succeeded')
    await bench.submit({ seeds: [26, 27] })
    expect((await bench.states(first))['analysis']).toBe('cancelled')
    await bench.work()
    expect((await bench.states(first))['analysis']).toBe('cancelled')
    expect((await get(first)).state).toBe('cancelled')
  })

  it('is refused if nothing has failed', async () => {
    const id = await bench.submit({ seeds: [25] })
    expect(await retry(id)).toMatchObject({ ok: false, code: 'state-conflict' })
  })
})

describe('extending an experiment', () => {
  const extend = (id: string, spec: object) => bench.experiments.extend(bench.workspace, id, plan(spec))

  it('computes only new tasks, and repeats the analysis', async () => {
    const id = await bench.submit({ seeds: [30, 31] })
    await bench.work()
    const before = await get(id)
    expect(await extend(id, { seeds: [30, 31, 32] })).toMatchObject({ ok: true })
    const after = await get(id)
    expect(after.state).toBe('running')
    expect(after.seeds).toBe(3)
    expect(after.runs.slice(0, 2)).toEqual(before.runs)
    expect(after.tasks).toMatchObject({ succeeded: 7, ready: 1, blocked: 3 })
    const analysisOf = (view: typeof after) => view.sharedTasks.find(({ key }) => key === 'analysis')?.id
    expect(analysisOf(after)).not.toBe(analysisOf(before))
    await bench.work()
    expect((await get(id)).state).toBe('succeeded')
  })

  it('drops the pending analysis', async () => {
    const id = await bench.submit({ seeds: [35] })
    const old = (await bench.tasks(id))['analysis']!
    await extend(id, { seeds: [35, 36] })
    expect((await bench.experiments.task(bench.workspace, old))?.state).toBe('cancelled')
    expect(Object.values(await bench.tasks(id))).not.toContain(old)
  })

  it('may add conditions', async () => {
    const condition = (bias: number) => ({ name: `b${bias}`, options: { bias } })
    const id = await bench.submit({ seeds: [40], conditions: [condition(5)] })
    expect(await extend(id, { seeds: [40], conditions: [condition(5), condition(6)] })).toMatchObject({ ok: true })
    expect((await get(id)).runs.map((run) => run.condition)).toEqual(['b5', 'b6'])
  })

  it('is refused if it would remove or change a run, and then changes nothing', async () => {
    const id = await bench.submit({ seeds: [50, 51] })
    const before = await get(id)
    expect(await extend(id, { seeds: [51, 52] })).toEqual({
      ok: false,
      code: 'state-conflict',
      message: 'An extension may only add, but the run of condition default with seed 50 is missing',
    })
    expect(await extend(id, { seeds: [50, 51], options: { bias: 3 } })).toMatchObject({
      ok: false,
      code: 'state-conflict',
    })
    expect(await get(id)).toEqual(before)
  })

  it('of a cancelled one is refused', async () => {
    const id = await bench.submit({ seeds: [60] })
    await cancel(id)
    expect(await extend(id, { seeds: [60, 61] })).toMatchObject({ ok: false, code: 'state-conflict' })
  })
})

describe('the counts of tasks', () => {
  it('match the tasks after any changes', async () => {
    const first = await bench.submit({ seeds: [70, 71, 72] })
    const second = await bench.submit({ seeds: [72, 73] })
    const trains = (await get(first)).runs.map(({ tasks }) => tasks.find(({ key }) => key === 'train')!.id)
    await bench.giveUp(trains[0]!)
    await bench.take(trains[1]!)
    await bench.dispatchAll()
    await cancel(second)
    await retry(first)
    await bench.experiments.extend(bench.workspace, first, plan({ seeds: [70, 71, 72, 74] }))
    for (const view of [await get(first), await get(second)]) {
      const tasks = new Map(
        [...view.runs.flatMap((run) => run.tasks), ...view.sharedTasks].map((task) => [task.id, task.state]),
      )
      const counted = Map.groupBy(tasks.values(), (state) => state)
      for (const [state, count] of Object.entries(view.tasks))
        expect([state, count]).toEqual([state, counted.get(state as never)?.length ?? 0])
    }
  })
})

describe('a change that names the revision that it is based on', () => {
  it('is refused if another change came first, even if both read the same revision', async () => {
    const id = await bench.submit({ seeds: [990] })
    const expected = (await bench.experiments.revision(bench.workspace, id))!
    const outcomes = await Promise.all([
      bench.experiments.cancel(bench.workspace, id, { expectedRevision: expected }),
      bench.experiments.cancel(bench.workspace, id, { expectedRevision: expected }),
    ])
    expect(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.code)).sort()).toEqual(['done', 'stale-version'])
    const retried = await bench.experiments.retry(bench.workspace, id, { expectedRevision: expected })
    expect(retried).toMatchObject({ ok: false, code: 'stale-version' })
    const current = (await bench.experiments.revision(bench.workspace, id))!
    expect(await bench.experiments.retry(bench.workspace, id, { expectedRevision: current })).toMatchObject({
      ok: true,
    })
    const extension = { ...plan({ seeds: [990, 991] }), expectedRevision: expected }
    const extended = await bench.experiments.extend(bench.workspace, id, extension)
    expect(extended).toMatchObject({ ok: false, code: 'stale-version' })
  })
})
