import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

let seed = 0
/** train ─checkpoint 2→ evaluate@2, train + baseline ─succeeded→ evaluate, all ─settled→ analysis. */
async function newExperiment() {
  const id = await bench.submit({ seeds: [(seed += 1)] })
  const tasks = await bench.tasks(id)
  return { id, tasks, states: () => bench.states(id) }
}

describe('a task becomes ready', () => {
  it('when the last task that it needs has succeeded', async () => {
    const { tasks, states } = await newExperiment()
    expect(await states()).toEqual({
      train: 'ready',
      baseline: 'ready',
      'evaluate@2': 'blocked',
      evaluate: 'blocked',
      analysis: 'blocked',
    })
    await bench.succeed(tasks['baseline']!)
    expect((await states())['evaluate']).toBe('blocked')
    await bench.succeed(tasks['train']!)
    expect((await states())['evaluate']).toBe('ready')
  })

  it('when the checkpoint that it needs is stored, and not at another one, while the other task continues', async () => {
    const { tasks, states } = await newExperiment()
    const { claim } = await bench.take(tasks['train']!)
    await bench.ledger.recordCheckpoint(claim, { step: 1, parts: [artifact()] })
    expect((await states())['evaluate@2']).toBe('blocked')
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
    expect(await states()).toMatchObject({ train: 'running', 'evaluate@2': 'ready', evaluate: 'blocked' })
  })

  it('when everything has ended in any way, if it needs only that', async () => {
    const { tasks, states } = await newExperiment()
    await bench.giveUp(tasks['train']!)
    expect(await states()).toMatchObject({
      train: 'failed',
      'evaluate@2': 'failed',
      evaluate: 'failed',
      analysis: 'ready',
    })
  })

  it('once, when two tasks that it needs succeed at the same time', async () => {
    const view = await bench.experiments.get(
      bench.workspace,
      await bench.submit({ seeds: { first: 500, count: 4 }, options: { bias: 3 } }),
    )
    const trains = view!.runs.map(({ tasks }) => tasks.find(({ key }) => key === 'train')!.id)
    const claims = []
    for (const id of trains) claims.push((await bench.take(id)).claim)
    await Promise.all(claims.map((claim) => bench.ledger.complete(claim, { measures: [], artifacts: [] }, manifest)))
    const after = await bench.experiments.get(bench.workspace, view!.id)
    const events = await bench.experiments.events(bench.workspace, view!.id, 0, 1_000)
    for (const { tasks } of after!.runs) {
      const evaluate = tasks.find(({ key }) => key === 'evaluate')!
      expect(evaluate.state).toBe('ready')
      expect(events.filter(({ taskId, data }) => taskId === evaluate.id && data['state'] === 'ready')).toHaveLength(1)
    }
  })
})

describe('a task that can no longer get what it needs', () => {
  it('fails with a reason when a task that it needs fails', async () => {
    const { id, tasks } = await newExperiment()
    await bench.giveUp(tasks['train']!)
    expect(await bench.experiments.task(bench.workspace, tasks['evaluate']!)).toMatchObject({
      state: 'failed',
      attempts: 0,
      failure: { code: 'task-failed', message: 'A task that this one needs ended without the required output' },
    })
    expect((await bench.experiments.get(bench.workspace, id))?.state).toBe('running')
    await bench.succeed(tasks['analysis']!)
    expect((await bench.experiments.get(bench.workspace, id))?.state).toBe('failed')
  })

  it('fails when the task that it needs has succeeded without storing that checkpoint', async () => {
    const { tasks, states } = await newExperiment()
    await bench.succeed(tasks['train']!)
    expect((await states())['evaluate@2']).toBe('failed')
  })

  it('continues if the checkpoint was stored before the failure', async () => {
    const { tasks, states } = await newExperiment()
    const { claim } = await bench.take(tasks['train']!)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
    await bench.ledger.fail(claim, { code: 'not-finite', message: 'NaN' })
    expect(await states()).toMatchObject({
      train: 'failed',
      'evaluate@2': 'ready',
      evaluate: 'failed',
      analysis: 'blocked',
    })
  })

  it('fails through the reaper too', async () => {
    const { tasks, states } = await newExperiment()
    for (let epoch = 0; (await states())['train'] === 'ready'; epoch++) {
      await bench.take(tasks['train']!, epoch)
      bench.clock.advance(10_001)
      await bench.dispatcher.reapExpired()
    }
    expect(await states()).toMatchObject({ train: 'failed', evaluate: 'failed', analysis: 'ready' })
  })
})
