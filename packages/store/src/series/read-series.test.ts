import { readFile } from 'node:fs/promises'
import type { Quantity, SeriesView } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manifest, resultOf, startBench, type Bench } from '../../test/bench.ts'

let bench: Bench
let client: pg.Client
beforeEach(async () => {
  bench = await startBench()
  client = new pg.Client({ connectionString: bench.database.url })
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await bench.close()
})

const backfill = new URL(
  '../../../../prisma/migrations/20261203060100_segments_of_ended_tasks/migration.sql',
  import.meta.url,
)
const batchPoints = 5_000

type Point = { readonly x: number; readonly value: Quantity }

/** Long enough to be read by its segments. A wave, so that neighbours differ. */
const longCurve = (points = 40_000): Point[] =>
  Array.from({ length: points }, (_, x) => ({ x: x * 3, value: Math.sin(x / 700) }))

async function claimTraining(): Promise<Claim> {
  const id = await bench.submit({ fresh: true })
  const { train = '' } = await bench.tasks(id)
  return (await bench.take(train)).claim
}

async function record(claim: Claim, points: readonly Point[], series = 'loss'): Promise<void> {
  for (let from = 0; from < points.length; from += batchPoints) {
    const batch = points.slice(from, from + batchPoints).map((point) => ({ series, labels: {}, ...point }))
    expect(await bench.ledger.recordSeries(claim, batch)).toBe(true)
  }
}

async function read({ taskId }: Claim, maxPoints = 500): Promise<SeriesView> {
  return (await bench.experiments.series(bench.workspace, taskId, { maxPoints }))!
}

async function segments(): Promise<Record<string, number | string | null>[]> {
  const { rows } = await client.query('SELECT * FROM series_segments ORDER BY series_id, last_x')
  return rows
}

/** A short curve is thinned out from its points, a long one from its segments. */
test.each([3_000, 40_000])(
  'of %i points, single peaks, single missing points and both ends are shown',
  async (points) => {
    const claim = await claimTraining()
    const curve = longCurve(points)
    const peaks = [1, 63, 777, 778, 1_536, 2_047, points - 700, points - 2].map(
      (at, index) => [at, index % 2 ? 5 : -5] as const,
    )
    for (const [at, value] of peaks) curve[at] = { x: at * 3, value }
    const missing = { missing: 'the reward, "r", was {not} finite \\ NULL' }
    curve[1_200] = { x: 3_600, value: missing }
    await record(claim, curve)
    const { series, stride } = await read(claim)
    const shown = new Map(series[0]?.points.map(({ x, value }) => [x, value]))
    for (const [at, value] of peaks) expect(shown.get(at * 3)).toBe(value)
    expect(shown.get(3_600)).toEqual(missing)
    expect([series[0]?.points[0], series[0]?.points.at(-1)]).toEqual([curve[0], curve.at(-1)])
    expect(shown.size).toBeGreaterThan(300)
    expect(shown.size).toBeLessThanOrEqual(500)
    for (const [x, value] of shown) expect(curve[x / 3]?.value).toEqual(value)
    expect(stride).toBeGreaterThan(points / 250)
    expect(stride).toBeLessThan(points / 100)
  },
)

test('most of a long curve is in segments, which hold what their points say', async () => {
  const claim = await claimTraining()
  const curve = longCurve()
  await record(claim, curve)
  const found = await segments()
  expect(found.length * 64).toBeGreaterThan(curve.length - 10_000)
  for (const [at, { series_id: _, ...segment }] of found.entries()) {
    const points = curve.slice(64 * at, 64 * (at + 1)).map(({ x, value }) => ({ x, value: Number(value) }))
    const byValue = points.toSorted((a, b) => a.value - b.value)
    expect(segment).toEqual({
      number: at + 1,
      first_x: points[0]?.x,
      last_x: points.at(-1)?.x,
      lowest: byValue[0]?.value,
      lowest_x: byValue[0]?.x,
      highest: byValue.at(-1)?.value,
      highest_x: byValue.at(-1)?.x,
      missing_x: null,
    })
  }
})

test('points that are recorded again with other values are shown, and those that they replace are not', async () => {
  const claim = await claimTraining()
  const curve = longCurve()
  curve[20_000] = { x: 60_000, value: 9 }
  await record(claim, curve)
  const again = [
    { x: 60_000, value: 0 },
    { x: 60_300, value: -9 },
    { x: 60_301, value: 8 },
  ]
  await record(claim, again)
  const shown = new Map((await read(claim)).series[0]?.points.map(({ x, value }) => [x, value]))
  expect([...shown.values()].filter((value) => Math.abs(Number(value)) > 1)).toEqual([-9, 8])
  expect([shown.get(60_300), shown.get(60_301)]).toEqual([-9, 8])
})

test('an attempt that begins again makes segments of its own points only', async () => {
  const claim = await claimTraining()
  const curve = longCurve()
  await record(claim, curve)
  const again = curve.slice(0, 10_000).map(({ x, value }) => ({ x, value: Number(value) + 2 }))
  await record(claim, again)
  const found = await segments()
  expect(found.length).toBeGreaterThan(50)
  expect(found.length).toBeLessThanOrEqual(10_000 / 64)
  expect(Math.min(...found.map(({ lowest }) => Number(lowest)))).toBeGreaterThanOrEqual(1)
  const shown = (await read(claim)).series[0]?.points ?? []
  for (const { x, value } of shown) expect(value).toBe(Number(curve[x / 3]?.value) + (x < 30_000 ? 2 : 0))
})

test('a curve takes its segments with it', async () => {
  const claim = await claimTraining()
  await record(claim, longCurve(10_000))
  await client.query('DELETE FROM series_points; DELETE FROM series')
  expect(await segments()).toEqual([])
})

test.each([2, 3, 4, 5])('at most %i points are returned if no more are asked for, with the last', async (maxPoints) => {
  const claim = await claimTraining()
  const curve = longCurve(300)
  curve[77] = { x: 231, value: { missing: 'none' } }
  await record(claim, curve)
  const points = (await read(claim, maxPoints)).series[0]?.points ?? []
  expect(points.length).toBeLessThanOrEqual(maxPoints)
  expect(points.at(-1)).toEqual(curve.at(-1))
})

test('each curve is thinned out for itself, and those that are short enough are whole', async () => {
  const claim = await claimTraining()
  const [long, short] = [longCurve(2_000), longCurve(100)]
  await record(claim, long, 'long')
  await record(claim, short, 'short')
  const { series, stride } = await read(claim, 100)
  expect(series.map(({ name }) => name)).toEqual(['long', 'short'])
  expect(series[0]?.points.length).toBeLessThanOrEqual(100)
  expect(series[1]?.points).toEqual(short)
  expect(stride).toBeGreaterThan(20)
})

test('retention removes segments with their points, and those of no other task', async () => {
  const claim = await claimTraining()
  await record(claim, longCurve(10_000))
  await bench.ledger.complete(claim, resultOf(1), manifest)
  const other = await claimTraining()
  await record(other, longCurve(10_000))
  expect((await segments()).length).toBeGreaterThan(100)
  await bench.work()
  await client.query(`UPDATE experiments SET state = 'succeeded'`)
  await bench.retention.setRetention(bench.workspace, { points: 1 }, { key: null, address: null })
  bench.clock.advance(3 * 86_400_000)
  expect((await bench.files.trim()).points).toBe(10_000)
  const { rows } = await client.query(
    'SELECT DISTINCT s.task_id FROM series_segments g JOIN series s ON s.id = g.series_id',
  )
  expect(rows).toEqual([{ task_id: other.taskId }])
  expect((await read(claim)).series).toEqual([])
})

test('the migration makes of a curve that ended before it what recording makes', async () => {
  const claim = await claimTraining()
  await record(claim, longCurve())
  const recorded = await segments()
  await bench.ledger.complete(claim, resultOf(1), manifest)
  await client.query('DELETE FROM series_segments')
  await client.query(await readFile(backfill, 'utf8'))
  const made = await segments()
  expect(made).toHaveLength(40_000 / 64)
  expect(made.slice(0, recorded.length)).toEqual(recorded)
})
