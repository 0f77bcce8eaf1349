import type { SeriesView } from '@goalpost/contracts'
import { measureKey } from '@goalpost/experiments'
import { arrayLiteral } from '../database/array-literal.ts'
import type { Queries } from '../database/open-database.ts'
import { toCurve, type PointRow } from './curves.ts'
import { segmentPoints } from './segments.ts'

/** A curve with more points in segments is read by them, however many places there are. */
const mostRead = 32_768

type Length = {
  readonly id: bigint
  /** The last point that is in a segment; `-Infinity` without segments. */
  readonly segmentsEnd: number
  readonly segments: number
  /** Points behind the segments, as far as it matters: at most one more than may be returned. */
  readonly rest: number
}
type Row = PointRow & {
  /** The most points that one place of this curve stands for. */
  readonly stride: number
}
type Query = { readonly names?: readonly string[]; readonly maxPoints: number }

/**
 * At most `maxPoints` points of each curve. Of longer ones the axis is divided into places, and of each place the lowest, the
 * highest and, where there is one, the first missing point are kept, and the first and the last of all: no peak is lost. Points are left
 * out rather than averaged, so that every number shown was measured. `names` are stored names or keys.
 */
export async function readSeries(queries: Queries, taskId: string, { names, maxPoints }: Query): Promise<SeriesView> {
  const lengths = await readLengths(queries, taskId, { ...(names && { names }), maxPoints })
  const isLong = ({ segments, rest }: Length) => segmentPoints * segments + rest > maxPoints
  const [short, long] = [lengths.filter((length) => !isLong(length)), lengths.filter(isLong)]
  const rows = [...(await readWhole(queries, short)), ...(await readThinned(queries, long, maxPoints))]
  const stride = rows.reduce((most, row) => Math.max(most, row.stride), 1)
  const curves = Map.groupBy(rows, ({ series_id }) => series_id)
  return {
    taskId,
    stride,
    series: lengths.flatMap(({ id }) => toCurve((curves.get(id) ?? []).slice(-maxPoints))),
  }
}

/** In the order of names and labels. */
async function readLengths(queries: Queries, taskId: string, { names, maxPoints }: Query): Promise<Length[]> {
  const all = await queries.$queryRaw<{ id: bigint; name: string }[]>`
    SELECT id, name FROM series WHERE task_id = ${taskId}::uuid ORDER BY name, labels`
  const wanted = all.filter(
    ({ name }) => names === undefined || names.includes(name) || names.includes(measureKey(name)),
  )
  if (wanted.length === 0) return []
  // Where rows are hidden, a condition with `coalesce` would not be looked up in the index: it is in the subquery before.
  return queries.$queryRaw<Length[]>`
    SELECT s.id, g.last_x AS "segmentsEnd", g.segments, p.points::int AS rest
    FROM unnest(${arrayLiteral(wanted.map(({ id }) => id))}::bigint[]) WITH ORDINALITY AS s(id, at)
    CROSS JOIN LATERAL (
      SELECT coalesce(max(last_x), '-infinity') AS last_x, coalesce(max(number), 0) AS segments FROM (
        SELECT last_x, number FROM series_segments WHERE series_id = s.id ORDER BY last_x DESC LIMIT 1) last) g
    CROSS JOIN LATERAL (
      SELECT count(*) AS points FROM (
        SELECT FROM series_points WHERE series_id = s.id AND x > g.last_x LIMIT ${maxPoints}::int + 1) counted) p
    ORDER BY s.at`
}

// Below, `OFFSET 0` and `LIMIT 1` keep each curve's points in a subquery of their own: joined, the planner may guess so many of
// them that it reads the whole table instead of its index.

async function readWhole(queries: Queries, curves: readonly Length[]): Promise<Row[]> {
  if (curves.length === 0) return []
  return queries.$queryRaw<Row[]>`
    SELECT s.id AS series_id, s.name, s.labels, p.x, p.value, p.missing, 1 AS stride
    FROM series s CROSS JOIN LATERAL (SELECT * FROM series_points WHERE series_id = s.id ORDER BY x OFFSET 0) p
    WHERE s.id = ANY(${arrayLiteral(curves.map(({ id }) => id))}::bigint[]) ORDER BY s.id, p.x`
}

/** As many places as fit, if each gives its lowest and its highest point, beside the first and the last of all. */
const placesOf = (maxPoints: number, perPlace: number): number => Math.max(1, Math.floor((maxPoints - 2) / perPlace))

/** Behind which point a curve is read point by point: a segment is never in two places. */
function readFrom({ segmentsEnd, segments }: Length, places: number): number {
  const bySegments = segments >= places || segments * segmentPoints > mostRead
  return bySegments ? segmentsEnd : Number.NEGATIVE_INFINITY
}

async function readThinned(queries: Queries, curves: readonly Length[], maxPoints: number): Promise<Row[]> {
  if (curves.length === 0) return []
  const places = placesOf(maxPoints, 2)
  const from = curves.map((curve) => readFrom(curve, places))
  return queries.$queryRaw<Row[]>`
    WITH curves AS (
      SELECT * FROM unnest(${arrayLiteral(curves.map(({ id }) => id))}::bigint[], ${arrayLiteral(from)}::float8[]) AS c(id, read_from)
    ), parts AS MATERIALIZED (
      SELECT c.id, g.first_x, g.last_x, ${segmentPoints}::int AS points, g.lowest, g.lowest_x, g.highest, g.highest_x, g.missing_x
      FROM curves c CROSS JOIN LATERAL (
        SELECT * FROM series_segments WHERE series_id = c.id AND last_x <= c.read_from OFFSET 0) g
      UNION ALL
      SELECT c.id, p.x, p.x, 1, p.value, p.x, p.value, p.x, CASE WHEN p.value IS NULL THEN p.x END
      FROM curves c CROSS JOIN LATERAL (
        SELECT x, value FROM series_points WHERE series_id = c.id AND x > c.read_from OFFSET 0) p
    ), axes AS (
      SELECT id, min(first_x) AS first_x, max(last_x) AS last_x,
        CASE WHEN count(missing_x) = 0 THEN ${places}::int ELSE ${placesOf(maxPoints, 3)}::int END AS places
      FROM parts GROUP BY id
    ), places AS (
      SELECT p.id, sum(p.points) AS points, min(p.missing_x) AS missing_x,
        min(ARRAY[p.lowest, p.lowest_x]) FILTER (WHERE p.lowest IS NOT NULL) AS lowest,
        max(ARRAY[p.highest, -p.highest_x]) FILTER (WHERE p.highest IS NOT NULL) AS highest
      FROM parts p JOIN axes a ON a.id = p.id
      GROUP BY p.id, least(width_bucket(p.last_x, a.first_x, a.last_x, a.places), a.places)
    ), looked_up AS (
      SELECT id, missing_x AS x FROM places WHERE missing_x IS NOT NULL
      UNION SELECT id, unnest(ARRAY[first_x, last_x]) FROM axes
    ), kept AS (
      SELECT id, lowest[2] AS x, lowest[1] AS value, NULL AS missing FROM places WHERE lowest IS NOT NULL
      UNION SELECT id, -highest[2], highest[1], NULL FROM places WHERE highest IS NOT NULL
      UNION SELECT l.id, p.x, p.value, p.missing FROM looked_up l CROSS JOIN LATERAL (
        SELECT x, value, missing FROM series_points WHERE series_id = l.id AND x = l.x LIMIT 1) p
    )
    SELECT s.id AS series_id, s.name, s.labels, k.x, k.value, k.missing, m.stride
    FROM (SELECT id, max(points)::int AS stride FROM places GROUP BY id) m
    JOIN series s ON s.id = m.id JOIN kept k ON k.id = s.id
    ORDER BY s.id, k.x`
}
