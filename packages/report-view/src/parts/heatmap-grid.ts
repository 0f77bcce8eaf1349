import type { HeatmapPart, Quantity } from '@goalpost/contracts'

/** More cells than this along one side are merged: they would be indistinguishable, and the file large. */
export const mostCells = 120

export type Grid = HeatmapPart['values']

/** The grid with at most `mostCells` rows and columns: neighbours are replaced by their mean. */
export function mergeCells(values: Grid): Grid {
  const rows = mergeRuns(values, (group) => meanRow(group))
  return rows.map((row) => mergeRuns(row, meanOf))
}

/** How many neighbours along a side of so many cells become one. */
export const mergedLength = (cells: number): number => Math.max(1, Math.ceil(cells / mostCells))

/** The element-wise mean of rows. */
function meanRow(rows: readonly (readonly Quantity[])[]): Quantity[] {
  const width = Math.max(...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, x) => meanOf(rows.map((row) => row[x] ?? { missing: 'no value' })))
}

function mergeRuns<Item>(items: readonly Item[], merge: (group: readonly Item[]) => Item): Item[] {
  const count = mergedLength(items.length)
  if (count <= 1) return [...items]
  return Array.from({ length: Math.ceil(items.length / count) }, (_, index) =>
    merge(items.slice(index * count, (index + 1) * count)),
  )
}

function meanOf(values: readonly Quantity[]): Quantity {
  const known = values.filter((value) => typeof value === 'number')
  return known.length === 0 ? { missing: 'no value' } : known.reduce((sum, value) => sum + value, 0) / known.length
}
