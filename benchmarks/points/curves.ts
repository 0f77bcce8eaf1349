import type { SeriesView } from '@goalpost/contracts'
import type pg from 'pg'

type Point = { readonly x: number; readonly value: number }

export type Reading = {
  readonly p50: number
  readonly p99: number
  readonly plainP50: number
  readonly returned: number
  /** What the request does not show; null if it shows every peak. */
  readonly lost: string | null
}

type Asked = { readonly taskId: string; readonly maxPoints: number; readonly repetitions: number }

/** Times the request for a curve, beside the plain SELECT of all its points, and checks that no peak is lost. */
export async function readCurve(
  client: pg.Client,
  read: (taskId: string, maxPoints: number) => Promise<SeriesView>,
  { taskId, maxPoints, repetitions }: Asked,
): Promise<Reading> {
  const [times, plainTimes]: [number[], number[]] = [[], []]
  const whole = await readAll(client, taskId)
  const view = await read(taskId, maxPoints)
  const lost = lostPeak(whole, view, maxPoints)
  for (let repetition = 0; repetition < repetitions; repetition++) {
    times.push(await time(() => read(taskId, maxPoints)))
    if (repetition < Math.max(5, repetitions / 10)) plainTimes.push(await time(() => readAll(client, taskId)))
  }
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    plainP50: quantile(plainTimes, 0.5),
    returned: view.series[0]?.points.length ?? 0,
    lost,
  }
}

async function readAll(client: pg.Client, taskId: string): Promise<Point[]> {
  const { rows } = await client.query<Point>(
    'SELECT p.x, p.value FROM series_points p JOIN series s ON s.id = p.series_id WHERE s.task_id = $1 ORDER BY p.x',
    [taskId],
  )
  return rows
}

/** A stored point may be left out between two shown ones that are at most two places of the axis, or two segments of 64 points, apart. */
const segmentWidth = 64 * 10

/** The first point that lies above or below all points that are shown near it. */
function lostPeak(whole: readonly Point[], view: SeriesView, maxPoints: number): string | null {
  const shown = (view.series[0]?.points ?? []).map(({ x, value }) => ({ x, value: Number(value) }))
  const stored = new Map(whole.map(({ x, value }) => [x, value]))
  if (shown.length > maxPoints) return `${shown.length} points were returned instead of ${maxPoints}`
  if (shown.some(({ x, value }) => stored.get(x) !== value)) return 'a point was returned that is not stored'
  if (shown.at(-1)?.x !== whole.at(-1)?.x) return 'the last point is not shown'
  const axis = (whole.at(-1)?.x ?? 0) - (whole[0]?.x ?? 0)
  const near = 2 * Math.max(segmentWidth, axis / Math.max(1, Math.floor((maxPoints - 2) / 2)))
  let from = 0
  let to = 0
  for (const { x, value } of whole) {
    while ((shown[from]?.x ?? Infinity) < x - near) from += 1
    while ((shown[to]?.x ?? Infinity) <= x + near) to += 1
    const around = shown.slice(from, to).map((point) => point.value)
    if (value > Math.max(...around) || value < Math.min(...around)) return `the peak ${value} at ${x} was lost`
  }
  return null
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export function quantile(numbers: readonly number[], share: number): number {
  return (
    numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))] ?? Number.NaN
  )
}
