import type { HeatmapPart } from '@goalpost/contracts'
import type { Grid } from './heatmap-grid.ts'

const paper = { width: 480, height: 400, top: 8 }
const largestCell = 30
const letterWidth = 6.2

/** Where the cells stand, in pixels. */
export type HeatmapFrame = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Of one cell. */
  readonly cell: { readonly width: number; readonly height: number }
  /** Of the whole drawing. */
  readonly size: { readonly width: number; readonly height: number }
}

export function heatmapFrame({ rows, columns }: HeatmapPart, values: Grid): HeatmapFrame {
  const count = Math.max(...values.map((row) => row.length))
  const left = edge(rows, letterWidth * Math.max(0, ...(rows?.labels ?? []).map(({ length }) => length)) + 14)
  const width = Math.min(largestCell, (paper.width - left) / count)
  // With time along one axis, cells need not be square.
  const height = Math.min(count > 40 ? 24 : width, paper.height / values.length)
  const right = left + count * width
  const bottom = paper.top + values.length * height
  const size = { width: right + 8, height: bottom + edge(columns, 20) }
  return { left, top: paper.top, right, bottom, cell: { width, height }, size }
}

/** Room beside the cells for labels, if any, and the axis title. */
function edge(axis: HeatmapPart['rows'], labels: number): number {
  if (axis === undefined) return 8
  return (axis.labels === undefined ? 6 : labels) + 20
}
