import { resultHash, retryBudget } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStore } from '../create-store.ts'
import { artifact, manifest, readAll, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

let seed = 0
async function newExperiment() {
  const id = await bench.submit({ seeds: [(seed += 1)] })
  const tasks = await bench.tasks(id)
  return {
    id,
    train: tasks['train']!,
    evaluate: tasks['evaluate']!,
    early: tasks['evaluate@2']!,
    baseline: tasks['baseline']!,
  }
}
const view = async (taskId: string) => (await bench.experiments.task(bench.workspace, taskId))!

describe('an attempt', () => {
  it('starts with everything in the task’s plan', async () => {
    const { train } = await newExperiment()
    const { assignment } = await bench.take(train)
    expect(assignment).toEqual({
      taskId: train,
      workspaceId: bench.workspace,
      protocol: 'toy',
      key: 'train',
      kind: 'train',
      seed,
      inputs: { bias: 0, steps: 4, every: 2, failAt: null },
      resources: { engine: 'none', threads: 1, device: 'cpu' },
      dependencies: [],
      resume: null,
    })
  })

  it('starts with the checkpoint that it needs, not the latest', async () => {
    const { train, early } = await newExperiment()
    const { claim } = await bench.take(train)
    const [second, fourth] = [artifact(), artifact()]
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [second] })
    await bench.ledger.recordCheckpoint(claim, { step: 4, parts: [fourth] })
    const { assignment } = await bench.take(early)
    expect(assignment.dependencies).toEqual([
      {
        key: 'train',
        identity: (await view(train)).identity,
        inputs: { steps: 4, every: 2, bias: 0, failAt: null },
        state: 'running',
        result: null,
        checkpoint: { step: 2, parts: [second] },
      },
    ])
  })

  it('starts with the checkpoint alone, whether or not the training has ended by then', async () => {
    const { train, early } = await newExperiment()
    const { claim } = await bench.take(train)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
    await bench.ledger.complete(claim, resultOf(42), manifest)
    const [needed] = (await bench.take(early)).assignment.dependencies
    expect(needed).toMatchObject({ key: 'train', result: null, checkpoint: { step: 2 } })
  })

  it('starts with the results that it needs', async () => {
    const { train, evaluate, baseline } = await newExperiment()
    if ((await view(baseline)).state !== 'succeeded') await bench.succeed(baseline)
    await bench.succeed(train, resultOf(42))
    const { assignment } = await bench.take(evaluate)
    expect(assignment.dependencies.map(({ key, state, result }) => [key, state, result?.measures[0]?.value])).toEqual([
      ['baseline', 'succeeded', 1],
      ['train', 'succeeded', 42],
    ])
  })

  it('resumes from the latest checkpoint of a lost attempt', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    await bench.ledger.recordCheckpoint(claim, { step: 4, parts: [artifact('x')] })
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact('y')] })
    bench.clock.advance(10_001)
    await bench.dispatcher.reapExpired()
    const { assignment } = await bench.take(train, 1)
    expect(assignment.resume).toEqual({ step: 4, parts: [artifact('x')] })
  })

  it('stores a result, its hash and its manifest, which is not part of the hash', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    await bench.ledger.complete(claim, resultOf(0.1 + 0.2), { ...manifest, wallMs: 123 })
    expect(await view(train)).toMatchObject({
      state: 'succeeded',
      result: resultOf(0.1 + 0.2),
      resultHash: resultHash(resultOf(0.1 + 0.2)),
      attempts: 1,
      failure: null,
    })
  })

  it('is refused as a failure if its result has two values for one measure', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const measures = [...resultOf(1).measures, ...resultOf(2).measures]
    await expect(bench.ledger.complete(claim, { measures, artifacts: [] }, manifest)).rejects.toMatchObject({
      code: 'task-failed',
    })
    expect((await view(train)).state).toBe('running')
  })

  it('is listed with its ending', async () => {
    const { train } = await newExperiment()
    const first = await bench.take(train)
    await bench.ledger.fail(first.claim, { code: 'trainer-crashed', message: 'exit code 1\u0000' })
    const second = await bench.take(train, 1)
    bench.clock.advance(10_001)
    await bench.dispatcher.reapExpired()
    const third = await bench.take(train, 2)
    await bench.ledger.release(third.claim, 'shutdown')
    await bench.succeed(train, resultOf(1), 3)
    expect(second.claim.epoch).toBe(2)
    const history = (await view(train)).attemptHistory
    expect(history.map(({ epoch, outcome, failure }) => [epoch, outcome, failure?.code ?? null])).toEqual([
      [1, 'failed', 'trainer-crashed'],
      [2, 'lost', 'worker-lost'],
      [3, 'cancelled', null],
      [4, 'succeeded', null],
    ])
  })
})

describe('retry budgets', () => {
  it('let a task fail three times through its own fault', async () => {
    const { train } = await newExperiment()
    for (let epoch = 0; epoch < retryBudget.experiment; epoch++) {
      expect((await view(train)).state).toBe('ready')
      const { claim } = await bench.take(train, epoch)
      await bench.ledger.fail(claim, { code: 'task-failed', message: `for the ${epoch + 1}. time` })
    }
    expect(await view(train)).toMatchObject({
      state: 'failed',
      failure: { code: 'task-failed', message: 'for the 3. time' },
    })
  })

  it('let workers be lost twenty times', async () => {
    const { train } = await newExperiment()
    for (let epoch = 0; epoch < retryBudget.infrastructure; epoch++) {
      expect((await view(train)).state).toBe('ready')
      await bench.take(train, epoch)
      bench.clock.advance(10_001)
      expect(await bench.dispatcher.reapExpired()).toBe(1)
    }
    expect(await view(train)).toMatchObject({ state: 'failed', failure: { code: 'worker-lost' } })
  })

  it('outlives any number of workers as long as each stores a further checkpoint, and only then', async () => {
    const { train } = await newExperiment()
    const loseAfter = async (epoch: number, step: number) => {
      const { claim } = await bench.take(train, epoch)
      expect(await bench.ledger.recordCheckpoint(claim, { step, parts: [artifact()] })).toBe(true)
      bench.clock.advance(10_001)
      await bench.dispatcher.reapExpired()
      return (await view(train)).state
    }
    const further = 1.5 * retryBudget.infrastructure
    for (let epoch = 0; epoch < further; epoch++) expect(await loseAfter(epoch, epoch)).toBe('ready')
    let lost = 0
    // Repeating the same step is no progress.
    for (let state = 'ready'; state === 'ready'; lost++) state = await loseAfter(further + lost, 0)
    expect(lost).toBe(retryBudget.infrastructure - 1)
  })

  it('hold a task back from the queue after repeated infrastructure failures, but not from a worker that has its job', async () => {
    const { train } = await newExperiment()
    for (const epoch of [0, 1]) {
      const { claim } = await bench.take(train, epoch)
      await bench.ledger.fail(claim, { code: 'unavailable', message: 'm' })
    }
    const dispatched = async () => (await bench.dispatchAll()).some(({ taskId }) => taskId === train)
    expect(await dispatched()).toBe(false)
    bench.clock.advance(1_000)
    expect(await dispatched()).toBe(true)
  })
})

describe('a lease', () => {
  it('is not reaped while it is renewed', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    for (let round = 0; round < 3; round++) {
      bench.clock.advance(9_000)
      expect(await bench.ledger.renew(claim, 10_000)).toMatchObject({ held: true, cancelRequested: false })
      expect(await bench.dispatcher.reapExpired()).toBe(0)
    }
  })

  it("uses the database's clock unless another is given", async () => {
    const { train } = await newExperiment()
    const store = createStore({ url: bench.database.url })
    await store.ledger.claim({ taskId: train, epoch: 0 }, { id: 'w', leaseMs: 60_000, engines: [] })
    await store.dispatcher.reapExpired()
    await store.close()
    expect((await view(train)).state).toBe('running')
    const [attempt] = (await view(train)).attemptHistory
    expect(Math.abs(Date.parse(attempt!.startedAt) - Date.now())).toBeLessThan(60_000)
  })
})

describe('what an attempt records', () => {
  it('replaces an existing point of a curve; of equal points in a batch the last counts', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const point = (x: number, value: number, labels = {}) => ({ series: 'return', labels, x, value })
    await bench.ledger.recordSeries(claim, [
      point(1, 1),
      point(2, 2),
      point(2, 2.5),
      point(1, 9, { suite: 'b', acting: 'greedy' }),
    ])
    await bench.ledger.recordSeries(claim, [point(2, 20), { ...point(3, 0), value: { missing: 'no episode ended' } }])
    const curves = await bench.experiments.series(bench.workspace, train, { maxPoints: 100 })
    expect(curves).toEqual({
      taskId: train,
      stride: 1,
      series: [
        {
          name: 'return',
          key: 'return',
          labels: {},
          points: [
            { x: 1, value: 1 },
            { x: 2, value: 20 },
            { x: 3, value: { missing: 'no episode ended' } },
          ],
        },
        { name: 'return', key: 'return', labels: { acting: 'greedy', suite: 'b' }, points: [{ x: 1, value: 9 }] },
      ],
    })
  })

  it('is found by stored names and by keys, which have one style', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const names = ['approximateKl', 'episode length', 'entropy']
    await bench.ledger.recordSeries(
      claim,
      names.map((series) => ({ series, labels: {}, x: 1, value: 1 })),
    )
    const found = async (...wanted: string[]) =>
      (await bench.experiments.series(bench.workspace, train, { names: wanted, maxPoints: 9 }))?.series.map(
        ({ name, key }) => [name, key],
      )
    expect(await found('approximate-kl', 'episode length')).toEqual([
      ['approximateKl', 'approximate-kl'],
      ['episode length', 'episode-length'],
    ])
    expect(await found('approximateKl', 'nothing')).toEqual([['approximateKl', 'approximate-kl']])
    expect(await found()).toEqual([])
  })

  it('is never a non-finite number', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const write = bench.ledger.recordSeries(claim, [{ series: 's', labels: {}, x: 1, value: Number.NaN }])
    await expect(write).rejects.toMatchObject({ code: 'internal' })
  })

  it('is thinned out for a chart, keeping the first and the latest point and numbers that were measured', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    await bench.ledger.recordSeries(
      claim,
      Array.from({ length: 100 }, (_, x) => ({ series: 's', labels: {}, x, value: x * x })),
    )
    await bench.ledger.recordSeries(claim, [{ series: 'other', labels: {}, x: 1, value: 1 }])
    const thinned = await bench.experiments.series(bench.workspace, train, { names: ['s'], maxPoints: 30 })
    expect(thinned?.stride).toBe(8)
    expect(thinned?.series).toHaveLength(1)
    const points = thinned?.series[0]?.points ?? []
    expect(points).toHaveLength(28)
    expect(points[0]).toEqual({ x: 0, value: 0 })
    expect(points.at(-1)).toEqual({ x: 99, value: 99 * 99 })
    expect(points.every(({ x, value }) => value === x * x)).toBe(true)
  })

  it('comes back page by page, log lines in the order in which they arrived', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const lines = Array.from(
      { length: 7 },
      (_, index) => ({ at: '2030-01-01T00:00:00.000Z', level: 'info', message: `line ${index}` }) as const,
    )
    await bench.ledger.recordLogs(claim, lines.slice(0, 4))
    await bench.ledger.recordLogs(claim, lines.slice(4))
    const messages = await readAll(
      async (cursor) => (await bench.experiments.logs(bench.workspace, { taskId: train }, { limit: 3, ...cursor }))!,
    )
    expect(messages.map(({ message }) => message)).toEqual(lines.map(({ message }) => message))
  })

  it('makes a file readable for the workspace, with size and type', async () => {
    const { train } = await newExperiment()
    const { claim } = await bench.take(train)
    const [part, outcome] = [artifact(), artifact()]
    expect(await bench.experiments.ownsArtifact(bench.workspace, part.hash)).toBeNull()
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [part] })
    await bench.ledger.complete(claim, { measures: [], artifacts: [outcome] }, manifest)
    const expected = { bytes: 3, mediaType: 'application/octet-stream', name: 'state' }
    expect(await bench.experiments.ownsArtifact(bench.workspace, part.hash)).toEqual(expected)
    expect(await bench.experiments.ownsArtifact(bench.workspace, outcome.hash)).toEqual(expected)
  })
})
