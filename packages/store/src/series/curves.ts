import type { Labels, Quantity, SeriesView } from '@goalpost/contracts'
import { measureKey } from '@goalpost/experiments'

export type PointRow = {
  series_id: bigint
  name: string
  labels: Labels
  x: number
  value: number | null
  missing: string | null
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
