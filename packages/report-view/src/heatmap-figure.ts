import { isMissing, type HeatmapPart, type Quantity } from '@goalpost/contracts'
import { figure } from './figure.ts'
import { html, type Html } from './html.ts'
import { formatNumber } from './numbers.ts'

/** More cells than this along one side are merged: they would be indistinguishable, and the file large. */
const mostCells = 120
const paper = { width: 480, height: 400, top: 8 }
const largestCell = 30

type Grid = HeatmapPart['values']
type Range = { readonly low: number; readonly high: number }

/** One square for each value, from pale to full; hatched if there is no value. */
export function heatmapFigure(part: HeatmapPart, anchor: string): Html {
  const heading = { title: part.title, anchor }
  const values = mergeRows(part.values)
  const known = values.flat().filter((value) => typeof value === 'number')
  if (known.length === 0) return figure(heading, html`<p class="none">no values</p>`, part.caption)
  const scale = part.scale ?? {
    low: known.reduce((a, b) => Math.min(a, b)),
    high: known.reduce((a, b) => Math.max(a, b)),
  }
  return figure(
    heading,
    html`${drawGrid(part, values, scale)}${colourBar(part, scale, known.length < values.flat().length)}`,
    part.caption,
  )
}

function drawGrid(part: HeatmapPart, values: Grid, scale: Range): Html {
  const columns = Math.max(...values.map((row) => row.length))
  const left = edge(part.rows, 6.2 * Math.max(0, ...(part.rows?.labels ?? []).map(({ length }) => length)) + 14)
  const gap = edge(part.columns, 20)
  const width = Math.min(largestCell, (paper.width - left) / columns)
  // With time along one axis, cells need not be square.
  const height =
    columns > 40 ? Math.min(24, paper.height / values.length) : Math.min(width, paper.height / values.length)
  const right = left + columns * width
  const bottom = paper.top + values.length * height
  return html`<svg
    class="heatmap"
    viewBox="0 0 ${round(right + 8)} ${round(bottom + gap)}"
    style="max-width:${round(right + 8)}px"
    role="img"
    aria-label="${part.title}"
  >
    ${values.map((row, y) => row.map((value, x) => cell(value, { x: left + x * width, y: paper.top + y * height, width, height, scale, where: nameOf(part, y, x) })))}
    ${axisLabels(part.rows?.labels, values.length).map(({ index, text }) => html`<text class="tick" x="${left - 6}" y="${round(paper.top + (index + 0.5) * height)}" text-anchor="end" dominant-baseline="middle">${text}</text>`)}
    ${axisLabels(part.columns?.labels, columns).map(({ index, text }) => html`<text class="tick" x="${round(left + (index + 0.5) * width)}" y="${round(bottom + 14)}" text-anchor="middle">${text}</text>`)}
    <text class="label" x="${round((left + right) / 2)}" y="${round(bottom + gap - 6)}" text-anchor="middle">
      ${part.columns?.title ?? ''}
    </text>
    <text class="label" transform="translate(12 ${round((paper.top + bottom) / 2)}) rotate(-90)" text-anchor="middle">
      ${part.rows?.title ?? ''}
    </text>
  </svg>`
}

/** Room beside the cells for labels, if any, and the axis title. */
function edge(axis: HeatmapPart['rows'], labels: number): number {
  if (axis === undefined) return 8
  return (axis.labels === undefined ? 6 : labels) + 20
}

type Box = { x: number; y: number; width: number; height: number; scale: Range; where: string }

function cell(value: Quantity, { x, y, width, height, scale, where }: Box): Html {
  const box = html`x="${round(x)}" y="${round(y)}" width="${round(width - 0.8)}" height="${round(height - 0.8)}"`
  if (isMissing(value)) return html`<rect class="empty" ${box}><title>${where}${value.missing}</title></rect>`
  return html`<rect class="heat" ${box} fill-opacity="${opacity(value, scale)}"
    ><title>${where}${formatNumber(value)}</title></rect
  >`
}

/** Even the palest cell is visible, because it has a value. */
function opacity(value: number, { low, high }: Range): number {
  const share = high > low ? (value - low) / (high - low) : 1
  return Number((0.06 + 0.94 * Math.min(1, Math.max(0, share))).toFixed(2))
}

function nameOf({ rows, columns, values }: HeatmapPart, row: number, column: number): string {
  if (rows === undefined || columns === undefined || values.length > mostCells) return ''
  return `${rows.title} ${rows.labels?.[row] ?? row + 1}, ${columns.title} ${columns.labels?.[column] ?? column + 1}: `
}

/** All labels if they are few, else as many as fit without touching. */
function axisLabels(labels: readonly string[] | undefined, count: number): { index: number; text: string }[] {
  if (labels === undefined) return []
  const every = Math.ceil(labels.length / 14)
  return labels
    .map((text, index) => ({ index: (index * count) / labels.length, text }))
    .filter((_, index) => index % every === 0)
}

function colourBar({ unit = '' }: HeatmapPart, { low, high }: Range, withEmpty: boolean): Html {
  return html`<p class="scale">
    <span class="number">${formatNumber(low)}</span>
    <span class="ramp" aria-label="to"
      >${[0, 0.25, 0.5, 0.75, 1].map((share) => html`<i style="opacity:${opacity(share, { low: 0, high: 1 })}"></i>`)}</span
    >
    <span class="number">${formatNumber(high)}</span>
    ${unit}${withEmpty ? html` <span class="hatched"></span> no value` : null}
  </p>`
}

function mergeRows(values: Grid): Grid {
  const rows = mergeCells(values, (group) => mergeColumns(group))
  return rows.map((row) => mergeCells(row, meanOf))
}

/** The element-wise mean of rows. */
function mergeColumns(rows: readonly (readonly Quantity[])[]): Quantity[] {
  const width = Math.max(...rows.map((row) => row.length))
  return Array.from({ length: width }, (_, x) => meanOf(rows.map((row) => row[x] ?? { missing: 'no value' })))
}

function mergeCells<Item>(items: readonly Item[], merge: (group: readonly Item[]) => Item): Item[] {
  const count = Math.ceil(items.length / mostCells)
  if (count <= 1) return [...items]
  return Array.from({ length: Math.ceil(items.length / count) }, (_, index) =>
    merge(items.slice(index * count, (index + 1) * count)),
  )
}

function meanOf(values: readonly Quantity[]): Quantity {
  const known = values.filter((value) => typeof value === 'number')
  return known.length === 0 ? { missing: 'no value' } : known.reduce((sum, value) => sum + value, 0) / known.length
}

const round = (value: number) => Number(value.toFixed(1))
