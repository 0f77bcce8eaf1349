import type { Labels, Quantity, SeriesView } from '@goalpost/contracts'
import { measureKey } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

export type PointRow = {
  series_id: bigint
  name: string
  labels: Labels
  x: number
  value: number | null
  missing: string | null
}

/**
 * At most `maxPoints` of each curve: every nth point, counted from the last, so that the latest is always there. Points
 * are left out rather than averaged, so that every number shown was measured. `names` are stored names or keys.
 */
export async function readSeries(
  queries: Queries,
  taskId: string,
  { names, maxPoints }: { names?: readonly string[]; maxPoints: number },
): Promise<SeriesView> {
  const wanted = names === undefined ? null : await storedNames(queries, taskId, names)
  const [longest] = await queries.$queryRaw<{ points: number }[]>`
    SELECT coalesce(max(n), 0)::int AS points FROM (
      SELECT count(*) AS n FROM series s JOIN series_points p ON p.series_id = s.id
      WHERE s.task_id = ${taskId}::uuid AND (${wanted}::text[] IS NULL OR s.name = ANY(${wanted}::text[]))
      GROUP BY s.id) counts`
  const stride = Math.max(1, Math.ceil((longest?.points ?? 0) / maxPoints))
  const rows = await queries.$queryRaw<PointRow[]>`
    SELECT series_id, name, labels, x, value, missing FROM (
      SELECT s.id AS series_id, s.name, s.labels, p.x, p.value, p.missing,
        row_number() OVER (PARTITION BY s.id ORDER BY p.x DESC) - 1 AS from_last
      FROM series s JOIN series_points p ON p.series_id = s.id
      WHERE s.task_id = ${taskId}::uuid AND (${wanted}::text[] IS NULL OR s.name = ANY(${wanted}::text[]))
    ) numbered WHERE from_last % ${stride}::int = 0 ORDER BY name, labels, x`
  const curves = [...Map.groupBy(rows, (row) => row.series_id).values()]
  return { taskId, stride, series: curves.flatMap(toCurve) }
}

async function storedNames(queries: Queries, taskId: string, names: readonly string[]): Promise<string[]> {
  const rows = await queries.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM series WHERE task_id = ${taskId}::uuid`
  return rows.flatMap(({ name }) => (names.includes(name) || names.includes(measureKey(name)) ? [name] : []))
}

export function toCurve(rows: readonly PointRow[]): SeriesView['series'] {
  const [first] = rows
  if (first === undefined) return []
  const points = rows.map(({ x, value, missing }) => ({ x, value: toQuantity(value, missing) }))
  return [{ name: first.name, key: measureKey(first.name), labels: first.labels, points }]
}

/** The table's constraint ensures that exactly one of the two is set. */
export function toQuantity(value: number | null, missing: string | null): Quantity {
  return value ?? { missing: missing ?? 'not stored' }
}
