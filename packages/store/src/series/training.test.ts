import { afterEach, beforeEach, expect, test } from 'vitest'
import { manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

async function trainingsOf(experimentId: string): Promise<string[]> {
  const view = await bench.experiments.get(bench.workspace, experimentId)
  return (view?.runs ?? []).flatMap((run) => run.tasks.flatMap(({ id, kind }) => (kind === 'train' ? [id] : [])))
}

/** Reports that many points, ten steps apart. */
async function report(taskId: string, count: number, value: number, labels = {}): Promise<void> {
  const { claim } = await bench.take(taskId)
  const points = Array.from({ length: count }, (_, index) => ({ series: 'loss', labels, x: 10 * (index + 1), value }))
  await bench.ledger.recordSeries(claim, points)
}

const placesOf = (run: { series: readonly { points: readonly { x: number }[] }[] } | undefined) =>
  run?.series[0]?.points.map(({ x }) => x) ?? []

test('seeds that have come less far are shown at the same places as the others', async () => {
  const id = await bench.submit({ seeds: 3 })
  const [whole = '', half = '', begun = ''] = await trainingsOf(id)
  await report(whole, 1_000, 1)
  await report(half, 537, 2)
  await report(begun, 90, 3)
  const training = await bench.experiments.training(bench.workspace, id, { maxRuns: 10, maxPoints: 100 })
  const [all, ...others] = training?.runs.map(placesOf) ?? []
  expect(all).toHaveLength(100)
  expect(all?.at(-1)).toBe(10_000)
  expect(others).toEqual([all?.filter((x) => x <= 5_370), all?.filter((x) => x <= 900)])
})

test('very long curves, which are not read as a whole, keep the same points of each place', async () => {
  const id = await bench.submit({ seeds: 2 })
  const [whole = '', half = ''] = await trainingsOf(id)
  await report(whole, 6_000, 1)
  await report(half, 2_995, 2)
  const training = await bench.experiments.training(bench.workspace, id, { maxRuns: 10, maxPoints: 21 })
  const [all, other] = training?.runs.map(placesOf) ?? []
  const expected = Array.from({ length: 21 }, (_, place) => 10 * Math.ceil(1 + (place * 5_999) / 20))
  expect(all).toEqual(expected)
  expect(other).toEqual(expected.filter((x) => x <= 29_950))
  const names = training?.runs.map(({ series }) => series.map(({ name }) => name))
  expect(names).toEqual([['loss'], ['loss']])
})

test('short curves are whole, and runs beyond the limit are counted', async () => {
  const id = await bench.submit({ seeds: 3 })
  const [first = '', second = ''] = await trainingsOf(id)
  await report(first, 7, 1, { suite: 'a' })
  await report(second, 3, 1)
  const training = await bench.experiments.training(bench.workspace, id, { maxRuns: 2, maxPoints: 7 })
  expect(training?.runs.map(placesOf)).toEqual([
    [10, 20, 30, 40, 50, 60, 70],
    [10, 20, 30],
  ])
  expect(training?.runs[0]?.series[0]).toMatchObject({ name: 'loss', labels: { suite: 'a' } })
  expect(training?.leftOut).toBe(1)
})

test('equal software and machines are listed once, without regard to hosts and times', async () => {
  const id = await bench.submit({ seeds: 3 })
  const [first = '', second = '', third = ''] = await trainingsOf(id)
  const finish = async (taskId: string, change: object) => {
    const { claim } = await bench.take(taskId)
    await bench.ledger.complete(claim, resultOf(1), { ...manifest, ...change })
  }
  expect(await bench.experiments.manifests(bench.workspace, id)).toEqual({ manifests: [], manifestsLeftOut: 0 })
  await finish(first, { host: 'a', wallMs: 7 })
  await finish(second, { host: 'b', wallMs: 8 })
  await finish(third, { node: '26' })
  const found = await bench.experiments.manifests(bench.workspace, id)
  expect(found?.manifests.map(({ tasks, manifest: { node } }) => [tasks, node])).toEqual([
    [2, '24'],
    [1, '26'],
  ])
  expect(found?.manifestsLeftOut).toBe(0)
})
