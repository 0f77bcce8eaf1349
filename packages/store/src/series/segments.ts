import { arrayLiteral } from '../database/array-literal.ts'
import type { Queries } from '../database/open-database.ts'

/** Points of a segment. */
export const segmentPoints = 64
/** Between two times that a growing curve gets segments, on average. */
const pointsBetween = 1_024
/** Points that one statement puts into segments, of each curve: it locks the task meanwhile. More than come between two times. */
const pointsAtOnce = 16_384

/**
 * Whether a curve gets segments when it gets a point at this place: at one place in 1,024, chosen by a hash. So nobody counts points,
 * and the same points, sent again, do the same.
 */
export function isSegmentMark(x: number): boolean {
  bits.setFloat64(0, x)
  let hash = bits.getInt32(0) ^ Math.imul(bits.getInt32(4), 0x9e_37_79_b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return ((hash ^ (hash >>> 16)) >>> 0) % pointsBetween === 0
}
const bits = new DataView(new ArrayBuffer(8))

type UpTo = { readonly id: bigint; readonly upTo: number }

/**
 * Puts the points behind the last segment of each curve, up to a place, into segments, as far as they fill them. Points behind that place
 * are of an earlier attempt, and about to be replaced. The task must be locked.
 */
export async function addSegments(queries: Queries, curves: readonly UpTo[]): Promise<void> {
  await queries.$executeRaw`
    INSERT INTO series_segments (series_id, last_x, first_x, number, lowest, lowest_x, highest, highest_x, missing_x)
    SELECT id, max(x), min(x), number,
      min(value), (min(ARRAY[value, x]) FILTER (WHERE value IS NOT NULL))[2],
      max(value), -(max(ARRAY[value, -x]) FILTER (WHERE value IS NOT NULL))[2],
      min(x) FILTER (WHERE value IS NULL)
    FROM (
      SELECT s.id, p.x, p.value,
        e.number + 1 + (row_number() OVER (PARTITION BY s.id ORDER BY p.x) - 1) / ${segmentPoints}::int AS number
      FROM unnest(${arrayLiteral(curves.map(({ id }) => id))}::bigint[], ${arrayLiteral(curves.map(({ upTo }) => upTo))}::float8[]) AS s(id, up_to)
      CROSS JOIN LATERAL (
        SELECT coalesce(max(last_x), '-infinity') AS x, coalesce(max(number), 0) AS number
        FROM series_segments WHERE series_id = s.id) e
      CROSS JOIN LATERAL (
        SELECT x, value FROM series_points WHERE series_id = s.id AND x > e.x AND x <= s.up_to ORDER BY x LIMIT ${pointsAtOnce}::int) p
    ) numbered GROUP BY id, number HAVING count(*) = ${segmentPoints}::int`
}

type From = { readonly id: bigint; readonly from: number | undefined }

/** Those that end at a point or behind it: it is about to be written. */
export async function removeSegmentsFrom(queries: Queries, curves: readonly From[]): Promise<void> {
  await queries.$executeRaw`
    DELETE FROM series_segments g
    USING unnest(${arrayLiteral(curves.map(({ id }) => id))}::bigint[], ${arrayLiteral(curves.map(({ from }) => from))}::float8[]) AS c(id, x)
    WHERE g.series_id = c.id AND g.last_x >= c.x`
}

/** The most that a parameter of type integer can say. */
const all = 2 ** 31 - 1

/**
 * Removes up to `most` of the tasks' segments, before their points or the tasks themselves are removed; resolves to how many. Those at the ends
 * of curves go first: what is left of a curve can be read, and grows again if its task is needed after all.
 */
export async function removeSegments(queries: Queries, taskIds: readonly string[], most = all): Promise<number> {
  return queries.$executeRaw`
    DELETE FROM series_segments WHERE ctid = ANY(ARRAY(
      SELECT g.ctid FROM series s CROSS JOIN LATERAL (
        SELECT ctid FROM series_segments WHERE series_id = s.id ORDER BY last_x DESC LIMIT ${most}::int) g
      WHERE s.task_id = ANY(${taskIds}::uuid[]) LIMIT ${most}::int))`
}
