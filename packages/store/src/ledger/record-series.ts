import type { Labels, Quantity, SeriesPoint } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Queries } from '../database/open-database.ts'
import { addSegments, isSegmentMark, removeSegmentsFrom } from '../series/segments.ts'

/** New points of one curve by their place: of two for one place the last counts, as a statement must not write a row twice. */
type Curve = { readonly series: string; readonly labels: Labels; readonly points: Map<number, Quantity> }

/** Existing points are replaced: a resumed attempt repeats points of its predecessor. The task must be locked. */
export async function recordSeries(queries: Queries, taskId: string, points: readonly SeriesPoint[]): Promise<void> {
  const curves = toCurves(points)
  const ids = await prepareSeries(queries, taskId, curves)
  await upsertPoints(queries, curves, ids)
  const marked = ids.flatMap((id, at) => {
    const places = [...(curves[at]?.points.keys() ?? [])]
    return places.some(isSegmentMark) ? [{ id, upTo: highest(places) }] : []
  })
  if (marked.length > 0) await addSegments(queries, marked)
}

function toCurves(points: readonly SeriesPoint[]): Curve[] {
  const curves = new Map<string, Curve>()
  // Canonical JSON is slow: once for each way of writing the labels, not for each point.
  const written = new Map<string, Curve>()
  for (const { series, labels, x, value } of points) {
    const spelling = JSON.stringify([series, labels])
    let curve = written.get(spelling)
    if (curve === undefined) {
      const key = canonicalJson([series, labels])
      curve = curves.get(key) ?? { series, labels, points: new Map() }
      curves.set(key, curve)
      written.set(spelling, curve)
    }
    curve.points.set(x, value)
  }
  return [...curves.values()]
}

type Found = { readonly id: bigint | null; readonly isOutdated: boolean }

/** Adds the curves that the task does not have yet, and removes segments that new points would make wrong. Returns an id for each curve. */
async function prepareSeries(queries: Queries, taskId: string, curves: readonly Curve[]): Promise<bigint[]> {
  const rows = curves.map(({ series, labels, points }) => ({ series, labels, x: lowest(points.keys()) }))
  const sent = jsonRows(rows)
  let found = await findSeries(queries, taskId, sent)
  if (found.some(({ id }) => id === null)) {
    await queries.$executeRaw`
      INSERT INTO series (task_id, name, labels) SELECT ${taskId}::uuid, c.series, c.labels
      FROM jsonb_to_recordset(${sent}::jsonb) AS c(series text, labels jsonb) ON CONFLICT DO NOTHING`
    found = await findSeries(queries, taskId, sent)
  }
  const ids = found.flatMap(({ id }) => (id === null ? [] : [id]))
  const outdated = ids.flatMap((id, at) => (found[at]?.isOutdated ? [{ id, from: rows[at]?.x }] : []))
  if (outdated.length > 0) await removeSegmentsFrom(queries, outdated)
  return ids
}

/** In the order in which they were sent. */
function findSeries(queries: Queries, taskId: string, sent: string): Promise<Found[]> {
  return queries.$queryRaw<Found[]>`
    SELECT s.id, g.last_x IS NOT NULL AS "isOutdated"
    FROM ROWS FROM (jsonb_to_recordset(${sent}::jsonb) AS (series text, labels jsonb, x float8))
      WITH ORDINALITY AS c(series, labels, x, at)
    LEFT JOIN series s ON s.task_id = ${taskId}::uuid AND s.name = c.series AND s.labels = c.labels
    LEFT JOIN LATERAL (
      SELECT last_x FROM series_segments WHERE series_id = s.id AND last_x >= c.x LIMIT 1) g ON true
    ORDER BY c.at`
}

function lowest(numbers: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY
  for (const number of numbers) least = Math.min(least, number)
  return least
}

function highest(numbers: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY
  for (const number of numbers) most = Math.max(most, number)
  return most
}

/** In arrays, which PostgreSQL reads several times as fast as JSON. A point that is there already is not written again. */
async function upsertPoints(queries: Queries, curves: readonly Curve[], ids: readonly bigint[]): Promise<void> {
  const rows = curves.flatMap(({ points }, at) => [...points].map(([x, value]) => ({ id: ids[at], x, value })))
  const values = rows.map(({ value }) => (typeof value === 'number' ? value : null))
  const missing = rows.map(({ value }) => (typeof value === 'number' ? null : value.missing))
  await queries.$executeRaw`
    INSERT INTO series_points AS p (series_id, x, value, missing)
    SELECT * FROM unnest(${arrayLiteral(rows.map(({ id }) => id))}::bigint[], ${arrayLiteral(rows.map(({ x }) => x))}::float8[],
      ${arrayLiteral(values)}::float8[], ${arrayLiteral(missing)}::text[])
    ON CONFLICT (series_id, x) DO UPDATE SET value = excluded.value, missing = excluded.missing
    WHERE (p.value, p.missing) IS DISTINCT FROM (excluded.value, excluded.missing)`
}
