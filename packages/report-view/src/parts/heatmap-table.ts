import { isMissing, type HeatmapPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { formatNumber } from '../numbers.ts'
import { mergedLength, type Grid } from './heatmap-grid.ts'

/** What the rows and columns of the drawn cells are called. */
export type CellNames = { readonly rows: readonly string[]; readonly columns: readonly string[] }

export function cellNames({ rows, columns, values }: HeatmapPart): CellNames {
  const width = Math.max(0, ...values.map((row) => row.length))
  return { rows: namesAlong(rows, values.length), columns: namesAlong(columns, width) }
}

/** One name for each cell along an axis; of cells that were merged, the first and the last. */
function namesAlong(axis: HeatmapPart['rows'], count: number): string[] {
  const nameOf = (index: number): string => axis?.labels?.[index] ?? String(index + 1)
  const merged = mergedLength(count)
  return Array.from({ length: Math.ceil(count / merged) }, (_, index) => {
    const [first, last] = [index * merged, Math.min(count, (index + 1) * merged) - 1]
    return first === last ? nameOf(first) : `${nameOf(first)}–${nameOf(last)}`
  })
}

type Props = { readonly part: HeatmapPart; readonly values: Grid; readonly names: CellNames }

/** The cells in numbers, folded: for those who cannot point at them, or see them. */
export function HeatmapTable({ part: { title, rows, columns }, values, names }: Props) {
  const corner = `${rows?.title ?? 'row'} \\ ${columns?.title ?? 'column'}`
  const head = names.columns.map((name) => h('th', { scope: 'col', className: 'number' }, name))
  const body = values.map((row, index) =>
    h(
      'tr',
      null,
      h('th', { scope: 'row' }, names.rows[index]),
      ...row.map((value) =>
        isMissing(value)
          ? h('td', { className: 'none' }, value.missing)
          : h('td', { className: 'number' }, formatNumber(value)),
      ),
    ),
  )
  return h(
    'details',
    null,
    h('summary', null, 'As a table'),
    h(
      'div',
      { className: 'wide', tabIndex: 0, role: 'group', 'aria-label': `${title}, as a table` },
      h(
        'table',
        { className: 'cells' },
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, corner), ...head)),
        h('tbody', null, ...body),
      ),
    ),
  )
}
