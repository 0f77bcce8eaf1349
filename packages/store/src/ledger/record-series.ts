import type { Labels, Quantity, SeriesPoint } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Queries } from '../database/open-database.ts'
import { addSegments, isSegmentMark } from '../series/segments.ts'

/** New points of one curve by their place: of two for one place the last counts, as a statement must not write a row twice. */
type Curve = { readonly series: string; readonly labels: Labels; readonly points: Map<number, Quantity> }

/** Existing points are replaced: a resumed attempt repeats points of its predecessor. The task must be locked. */
export async function recordSeries(queries: Queries, taskId: string, points: readonly SeriesPoint[]): Promise<void> {
  const curves = toCurves(points)
  const ids = await prepareSeries(queries, taskId, curves)
  await upsertPoints(queries, curves, ids)
  const marked = ids.filter((_, at) => [...(curves[at]?.points.keys() ?? [])].some(isSegmentMark))
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

/** Adds the curves that the task does not have yet, and removes segments that new points would make wrong. Returns an id for each curve. */
async function prepareSeries(queries: Queries, taskId: string, curves: readonly Curve[]): Promise<bigint[]> {
  const rows = curves.map(({ series, labels, points }, at) => ({ at, series, labels, first_x: lowest(points.keys()) }))
  const found = await queries.$queryRaw<{ id: bigint }[]>`
    WITH curves AS (
      SELECT c.at, c.series, c.labels, c.first_x, s.id
      FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS c(at int, series text, labels jsonb, first_x float8)
      LEFT JOIN series s ON s.task_id = ${taskId}::uuid AND s.name = c.series AND s.labels = c.labels
    ), outdated AS (
      DELETE FROM series_segments g USING curves c WHERE g.series_id = c.id AND g.last_x >= c.first_x
    ), added AS (
      INSERT INTO series (task_id, name, labels) SELECT ${taskId}::uuid, series, labels FROM curves WHERE id IS NULL
      RETURNING id, name, labels
    )
    SELECT coalesce(c.id, a.id) AS id FROM curves c
    LEFT JOIN added a ON c.id IS NULL AND a.name = c.series AND a.labels = c.labels ORDER BY c.at`
  return found.map(({ id }) => id)
}

function lowest(numbers: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY
  for (const number of numbers) least = Math.min(least, number)
  return least
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
