import { isMissing, type HeatmapPart, type Quantity } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'
import { formatNumber } from '../numbers.ts'
import { Figure } from './figure.ts'
import { heatmapFrame, mostLabels, type HeatmapFrame } from './heatmap-frame.ts'
import { mergeCells, type Grid } from './heatmap-grid.ts'
import { cellNames, HeatmapTable, type CellNames } from './heatmap-table.ts'

type Range = { readonly low: number; readonly high: number }
type Props = { readonly part: HeatmapPart; readonly anchor: string }

/** One square for each value, from pale to full; hatched if there is no value. */
export function HeatmapFigure({ part, anchor }: Props) {
  const { title, caption } = part
  const values = mergeCells(part.values)
  const known = values.flat().filter((value) => typeof value === 'number')
  if (known.length === 0) return h(Figure, { title, anchor, caption }, h('p', { className: 'none' }, 'no values'))
  const scale = part.scale ?? {
    low: known.reduce((a, b) => Math.min(a, b)),
    high: known.reduce((a, b) => Math.max(a, b)),
  }
  const names = cellNames(part)
  const withEmpty = known.length < values.flat().length
  return h(
    Figure,
    { title, anchor, caption },
    h(CellGrid, { part, values, scale, names }),
    h(ColourBar, { scale, unit: part.unit, withEmpty }),
    h(HeatmapTable, { part, values, names }),
  )
}

type GridProps = {
  readonly part: HeatmapPart
  readonly values: Grid
  readonly scale: Range
  readonly names: CellNames
}

function CellGrid({ part, values, scale, names }: GridProps) {
  const frame = heatmapFrame(part, values)
  const { left, top, cell, size } = frame
  const width = round(size.width)
  const cells = values.flatMap((row, y) =>
    row.map((value, x) => {
      const box = { x: left + x * cell.width, y: top + y * cell.height, ...cell }
      return drawCell(value, { box, scale, where: placeOf(part, names.rows[y], names.columns[x]) })
    }),
  )
  return h(
    'svg',
    {
      className: 'heatmap',
      viewBox: `0 0 ${width} ${round(size.height)}`,
      width,
      role: 'img',
      'aria-label': part.title,
    },
    ...cells,
    h(AxisTexts, { part, frame, rows: values.length, columns: Math.max(...values.map((row) => row.length)) }),
  )
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
type Cell = { readonly box: Box; readonly scale: Range; readonly where: string }

/** No component: a page has thousands. */
function drawCell(value: Quantity, { box, scale, where }: Cell) {
  const place = { x: round(box.x), y: round(box.y), width: round(box.width - 0.8), height: round(box.height - 0.8) }
  if (isMissing(value)) return h('rect', { className: 'empty', ...place }, h('title', null, `${where}${value.missing}`))
  const look = { className: 'heat', ...place, fillOpacity: opacity(value, scale) }
  return h('rect', look, h('title', null, `${where}${formatNumber(value)}`))
}

/** Even the palest cell is visible, because it has a value. */
function opacity(value: number, { low, high }: Range): number {
  const share = high > low ? (value - low) / (high - low) : 1
  return Number((0.06 + 0.94 * Math.min(1, Math.max(0, share))).toFixed(2))
}

/** Where a cell is, before its value; nothing where the axes have no titles. */
function placeOf({ rows, columns }: HeatmapPart, row = '', column = ''): string {
  return rows === undefined || columns === undefined ? '' : `${rows.title} ${row}, ${columns.title} ${column}: `
}

type TextProps = {
  readonly part: HeatmapPart
  readonly frame: HeatmapFrame
  readonly rows: number
  readonly columns: number
}

function AxisTexts({ part, frame, rows, columns }: TextProps) {
  const { left, top, cell, size, titles } = frame
  const upright = `translate(12 ${round(titles.y)}) rotate(-90)`
  const middle = { x: round(titles.x), y: round(size.height - 6) }
  const beside = { x: left - 6, textAnchor: 'end', dominantBaseline: 'middle' } as const
  return h(
    Fragment,
    null,
    ...axisLabels(part.rows?.labels, rows).map(({ index, text }) =>
      h('text', { className: 'tick', ...beside, y: round(top + (index + 0.5) * cell.height) }, text),
    ),
    ...axisLabels(part.columns?.labels, columns).map((label) => columnLabel(label, frame)),
    h('text', { className: 'label', ...middle, textAnchor: 'middle' }, part.columns?.title),
    h('text', { className: 'label', transform: upright, textAnchor: 'middle' }, part.rows?.title),
  )
}

/** Below its column; upright where it is wider than that. */
function columnLabel({ index, text }: { readonly index: number; readonly text: string }, frame: HeatmapFrame) {
  const [x, y] = [round(frame.left + (index + 0.5) * frame.cell.width), round(frame.bottom)]
  if (!frame.isUpright)
    return h('text', { className: 'tick', x, y: round(frame.bottom + 14), textAnchor: 'middle' }, text)
  const transform = `translate(${x} ${y + 6}) rotate(-90)`
  return h('text', { className: 'tick', transform, textAnchor: 'end', dominantBaseline: 'middle' }, text)
}

/** All labels if they are few, else as many as fit without touching. */
function axisLabels(labels: readonly string[] | undefined, count: number): { index: number; text: string }[] {
  if (labels === undefined) return []
  const every = Math.ceil(labels.length / mostLabels)
  return labels
    .map((text, index) => ({ index: (index * count) / labels.length, text }))
    .filter((_, index) => index % every === 0)
}

type BarProps = { readonly scale: Range; readonly unit?: string | undefined; readonly withEmpty: boolean }

function ColourBar({ scale: { low, high }, unit = '', withEmpty }: BarProps) {
  const shades = [0, 25, 50, 75, 100].map((share) => h('i', { className: `ramp-${share}` }))
  return h(
    'p',
    { className: 'scale' },
    h('span', { className: 'number' }, formatNumber(low)),
    ' ',
    h('span', { className: 'ramp', role: 'img', 'aria-label': 'to' }, ...shades),
    ' ',
    h('span', { className: 'number' }, formatNumber(high)),
    ` ${unit}`,
    withEmpty && h(Fragment, null, ' ', h('span', { className: 'hatched' }), ' no value'),
  )
}

const round = (value: number) => Number(value.toFixed(1))
