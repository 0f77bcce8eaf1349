import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifact, manifest, plan, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('another workspace', () => {
  it('sees nothing of an experiment with any request, and changes nothing', async () => {
    const other = await bench.workspaces.ensure('stranger')
    const id = await bench.submit({ seeds: [77] })
    const task = (await bench.tasks(id))['train']!
    const part = artifact()
    const { claim } = await bench.take(task)
    await bench.ledger.recordCheckpoint(claim, { step: 2, parts: [part] })
    await bench.ledger.recordSeries(claim, [{ series: 's', labels: {}, x: 1, value: 1 }])
    await bench.ledger.recordLogs(claim, [{ at: '2030-01-01T00:00:00Z', level: 'info', message: 'm' }])
    bench.clock.advance(1_000)
    await bench.ledger.complete(claim, resultOf(1), manifest)
    const before = (await bench.experiments.get(bench.workspace, id))!
    const { experiments } = bench
    const ask = async (workspace: string) => ({
      list: (await experiments.list(workspace, { limit: 100 })).items.some((item) => item.id === id),
      get: (await experiments.get(workspace, id)) !== null,
      revision: (await experiments.revision(workspace, id)) !== null,
      version: (await experiments.version(workspace, id)) !== null,
      run: (await experiments.run(workspace, before.runs[0]!.id)) !== null,
      runs: (await experiments.runs(workspace, { experimentId: id, limit: 9 })).items.length > 0,
      allRuns: (await experiments.runs(workspace, { limit: 100 })).items.some((run) => run.experimentId === id),
      task: (await experiments.task(workspace, task)) !== null,
      logs: (await experiments.logs(workspace, { taskId: task }, { limit: 9 })) !== null,
      experimentLogs: (await experiments.logs(workspace, { experimentId: id }, { limit: 9 })) !== null,
      series: (await experiments.series(workspace, task, { maxPoints: 9 })) !== null,
      checkpoints: (await experiments.checkpoints(workspace, { taskId: task, limit: 9 })).items.length > 0,
      checkpointsOfExperiment:
        (await experiments.checkpoints(workspace, { experimentId: id, limit: 9 })).items.length > 0,
      allCheckpoints: (await experiments.checkpoints(workspace, { limit: 100 })).items.length > 0,
      ownsArtifact: (await experiments.ownsArtifact(workspace, part.hash)) !== null,
      events: (await experiments.events(workspace, id, 0, 9)).length > 0,
      evidence: (await experiments.evidence(workspace, id)) !== null,
      measures: (await experiments.measures(workspace, id)).length > 0,
      countSucceeded:
        (await experiments.countSucceeded(
          workspace,
          plan({ seeds: [77] }).expansion.tasks.map((it) => it.identity),
        )) > 0,
      countOpen: (await experiments.countOpen(workspace)).length > 0,
      throughput:
        (await experiments.throughput(workspace, {
          protocol: 'toy',
          kind: 'train',
          unit: 'steps',
          sort: '',
          engine: 'none',
        })) !== null,
    })
    expect(new Set(Object.values(await ask(bench.workspace)))).toEqual(new Set([true]))
    expect(Object.entries(await ask(other)).filter(([, seen]) => seen)).toEqual([])
    const notFound = { ok: false, code: 'not-found', message: 'Experiment not found' }
    expect(await experiments.cancel(other, id)).toEqual(notFound)
    expect(await experiments.retry(other, id)).toEqual(notFound)
    expect(await experiments.extend(other, id, plan({ seeds: [77, 78] }))).toEqual(notFound)
    expect(await experiments.get(bench.workspace, id)).toEqual(before)
  })
})

describe('workspaces', () => {
  it('are made once for any number of concurrent requests', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => bench.workspaces.ensure('together')))
    expect(new Set(ids).size).toBe(1)
  })
})
