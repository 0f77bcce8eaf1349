import { experimentHash, runHash } from '@goalpost/experiments'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('results', () => {
  it('count a task that runs share once: repeating its value would make it look more certain', async () => {
    const workspace = await bench.workspaces.ensure('shared-results')
    const id = await bench.submit({ seeds: [8, 7], conditions: [{ name: 'a', options: { bias: 1 } }] }, workspace)
    await bench.work(async ({ claim, assignment: { kind, key } }) => {
      if (kind === 'train') await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
      const measures = [{ name: 'score', labels: {}, value: 1 }]
      await bench.ledger.complete(claim, { measures: key === 'analysis' ? [] : measures, artifacts: [] }, manifest)
    })
    const seedsOf = new Map(
      (await bench.experiments.measures(workspace, id)).map(({ task, values }) => [
        task,
        values.map(({ seed }) => seed),
      ]),
    )
    expect(seedsOf.get('train')).toEqual([7, 8])
    expect(seedsOf.get('baseline')).toEqual([7])
  })

  it('are grouped by condition, task and measure, one value per seed, missing ones with their reason', async () => {
    const workspace = await bench.workspaces.ensure('results')
    const conditions = [
      { name: 'b', options: { bias: 2 } },
      { name: 'a', options: { bias: 1 } },
    ]
    const id = await bench.submit({ seeds: [8, 7], conditions }, workspace)
    await bench.work(async ({ claim, assignment }) => {
      const { kind, seed, inputs } = assignment
      if (kind === 'train') await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
      const value =
        seed === 7 && inputs['bias'] === 1 ? { missing: 'no episode ended' } : Number(inputs['bias'] ?? 0) + (seed ?? 0)
      const measures = kind === 'train' ? [{ name: 'return', labels: { b: '1', a: '2' }, value }] : []
      await bench.ledger.complete(claim, { measures, artifacts: [] }, manifest)
    })
    expect(await bench.experiments.measures(workspace, id)).toEqual([
      {
        condition: 'b',
        task: 'train',
        measure: 'return',
        labels: { a: '2', b: '1' },
        values: [
          { seed: 7, value: 9 },
          { seed: 8, value: 10 },
        ],
      },
      {
        condition: 'a',
        task: 'train',
        measure: 'return',
        labels: { a: '2', b: '1' },
        values: [
          { seed: 7, value: { missing: 'no episode ended' } },
          { seed: 8, value: 9 },
        ],
      },
    ])
    const evidence = await bench.experiments.evidence(workspace, id)
    expect(evidence?.conditions.map(({ name, runs }) => [name, runs.map(({ seed, state }) => [seed, state])])).toEqual([
      [
        'b',
        [
          [8, 'succeeded'],
          [7, 'succeeded'],
        ],
      ],
      [
        'a',
        [
          [8, 'succeeded'],
          [7, 'succeeded'],
        ],
      ],
    ])
    expect(evidence?.conditions[0]?.runs[0]?.tasks.find(({ key }) => key === 'train')?.result?.measures[0]?.value).toBe(
      10,
    )
  })

  it('have a hash that covers runs and shared tasks, and does not depend on where they were computed', async () => {
    const hashes = []
    for (const name of ['here', 'there']) {
      const workspace = await bench.workspaces.ensure(name)
      const id = await bench.submit({ seeds: 2 }, workspace)
      await bench.work()
      const view = (await bench.experiments.get(workspace, id))!
      const shared = await Promise.all(
        view.sharedTasks.map(async ({ key, id: task }) => ({
          key,
          resultHash: (await bench.experiments.task(workspace, task))!.resultHash,
        })),
      )
      expect(view.resultHash).toBe(experimentHash(view.runs, shared))
      const [run] = view.runs
      const tasks = await Promise.all(
        run!.tasks.map(async ({ key, id: task }) => ({
          key,
          resultHash: (await bench.experiments.task(workspace, task))!.resultHash,
        })),
      )
      expect(run!.resultHash).toBe(runHash(tasks))
      hashes.push(view.resultHash)
    }
    expect(hashes[0]).toBe(hashes[1])
  })

  it('give the throughput of tasks that ran from start to end in one attempt', async () => {
    const workspace = await bench.workspaces.ensure('speed')
    const view = (await bench.experiments.get(workspace, await bench.submit({ seeds: 3 }, workspace)))!
    const trains = view.runs.map(({ tasks }) => tasks.find(({ key }) => key === 'train')!.id)
    expect(
      await bench.experiments.throughput(workspace, {
        protocol: 'toy',
        kind: 'train',
        unit: 'steps',
        sort: '',
        engine: 'none',
      }),
    ).toBeNull()
    for (const [index, id] of trains.entries()) {
      let { claim } = await bench.take(id)
      if (index === 2) {
        await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [artifact()] })
        await bench.ledger.release(claim, 'shutdown')
        claim = (await bench.take(id, 1)).claim
      }
      bench.clock.advance(index === 2 ? 1 : 1_000 * (index + 1))
      await bench.ledger.complete(claim, resultOf(index), manifest)
    }
    // 4 steps in 1 s and 4 steps in 2 s; the one that resumed does not count.
    expect(
      await bench.experiments.throughput(workspace, {
        protocol: 'toy',
        kind: 'train',
        unit: 'steps',
        sort: '',
        engine: 'none',
      }),
    ).toBeCloseTo(8 / 3, 10)
    expect(
      await bench.experiments.throughput(workspace, {
        protocol: 'toy',
        kind: 'train',
        unit: 'episodes',
        sort: '',
        engine: 'none',
      }),
    ).toBeNull()
    // Another engine has another speed.
    expect(
      await bench.experiments.throughput(workspace, {
        protocol: 'toy',
        kind: 'train',
        unit: 'steps',
        sort: '',
        engine: 'fast',
      }),
    ).toBeNull()
  })

  it('show the progress of a run in its most frequent unit', async () => {
    const workspace = await bench.workspaces.ensure('progress')
    const id = await bench.submit({ options: { steps: 100 } }, workspace)
    const { claim } = await bench.take((await bench.tasks(id, workspace))['train']!)
    await bench.ledger.recordProgress(claim, { done: 30, total: 100, unit: 'steps', perSecond: 12 })
    const run = (await bench.experiments.get(workspace, id))!.runs[0]!
    expect(run.progress).toEqual({ done: 30, total: 100, unit: 'steps', perSecond: 12 })
    expect(await bench.experiments.run(workspace, run.id)).toEqual(run)
  })
})
