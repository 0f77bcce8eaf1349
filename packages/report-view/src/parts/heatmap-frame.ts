import type { HeatmapPart } from '@goalpost/contracts'
import type { Grid } from './heatmap-grid.ts'

const paper = { width: 480, height: 400, top: 8 }
const largestCell = 30
const letterWidth = 6.2
/** Room for an axis title, and around the drawing. */
const titleRoom = 20
const rim = 8

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
  /** The middle of each axis title: beside its axis, but never outside of the drawing. */
  readonly titles: { readonly x: number; readonly y: number }
  /** Whether the labels of columns stand upright, since they are wider than their cells. */
  readonly isUpright: boolean
}

export function heatmapFrame({ rows, columns }: HeatmapPart, values: Grid): HeatmapFrame {
  const { top } = paper
  const count = Math.max(...values.map((row) => row.length))
  const left = edge(rows, longest(rows) + 14)
  const width = Math.min(largestCell, (paper.width - left) / count)
  // With time along one axis, cells need not be square.
  const height = Math.min(count > 40 ? 24 : width, paper.height / values.length)
  const right = left + count * width
  const bottom = top + values.length * height
  const isUpright = longest(columns) > (width * count) / Math.max(1, shownLabels(columns))
  const half = { x: textWidth(columns?.title) / 2, y: textWidth(rows?.title) / 2 }
  const titles = { x: Math.max((left + right) / 2, half.x), y: Math.max((top + bottom) / 2, half.y) }
  const size = {
    width: Math.max(right + rim, titles.x + half.x),
    height: Math.max(bottom + edge(columns, isUpright ? longest(columns) + 14 : 20), titles.y + half.y),
  }
  return { left, top, right, bottom, cell: { width, height }, size, titles, isUpright }
}

type Axis = HeatmapPart['rows']

/** More labels than this are thinned out. */
export const mostLabels = 14

/** How many labels are drawn. */
function shownLabels(axis: Axis): number {
  const count = axis?.labels?.length ?? 0
  return Math.ceil(count / Math.ceil(count / mostLabels || 1))
}

const textWidth = (text = ''): number => letterWidth * text.length
const longest = (axis: Axis): number => Math.max(0, ...(axis?.labels ?? []).map(textWidth))

/** Room beside the cells for labels, if any, and the axis title. */
function edge(axis: Axis, labels: number): number {
  if (axis === undefined) return rim
  return (axis.labels === undefined ? 6 : labels) + titleRoom
}
