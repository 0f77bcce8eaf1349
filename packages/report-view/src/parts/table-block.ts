import type { TablePart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { formatInterval, formatNumber } from '../numbers.ts'
import { breakable, prose } from '../prose.ts'
import { Caution } from './caution.ts'
import { CountMark, CountNote, sharedCount } from './counts.ts'

type Column = TablePart['columns'][number]
type Row = TablePart['rows'][number]
type Cell = Row['cells'][number]
type Props = { readonly part: TablePart; readonly anchor: string }

export function TableBlock({ part: { title, columns, rows, notes }, anchor }: Props) {
  const numeric = columns.map((_, index) => rows.some(({ cells }) => isNumber(cells[index])))
  const head = columns.map((column, index) => h(ColumnTitle, { column, isNumeric: numeric[index] === true }))
  const shared = sharedCount(rows.flatMap(({ cells }) => cells.flatMap(estimateOf)))
  const body = rows.map((row) => h(TableRow, { row, columns, shared }))
  return h(
    'section',
    { id: anchor },
    h('h3', null, prose(title)),
    h(
      'div',
      { className: 'wide', tabIndex: 0, role: 'group', 'aria-label': title },
      h('table', null, h('thead', null, h('tr', null, ...head)), h('tbody', null, ...body)),
    ),
    h(CountNote, { shared }),
    ...notes.map((note) => h('p', { className: 'note' }, prose(note))),
  )
}

const estimateOf = (cell: Cell) => ('estimate' in cell ? [cell.estimate] : [])

function isNumber(cell: Cell | undefined): boolean {
  return cell !== undefined && 'estimate' in cell && typeof cell.estimate.value === 'number'
}

function ColumnTitle({
  column: { title, unit, help },
  isNumeric,
}: {
  readonly column: Column
  readonly isNumeric: boolean
}) {
  const className = isNumeric ? 'number' : undefined
  return h(
    'th',
    { scope: 'col', className, title: help },
    prose(title),
    unit !== undefined && [' ', h('small', { key: 'unit' }, unit)],
  )
}

/** On how many replicates all intervals of the table rest. */
type Shared = { readonly shared: number | null }
type RowProps = Shared & { readonly row: Row; readonly columns: readonly Column[] }

function TableRow({ row: { cells, emphasis }, columns, shared }: RowProps) {
  const all = cells.map((cell, index) => h(TableCell, { cell, shared, isShare: columns[index]?.format === 'share' }))
  return h('tr', { className: emphasis ? 'emphasis' : undefined }, ...all)
}

function TableCell({ cell, shared, isShare }: Shared & { readonly cell: Cell; readonly isShare: boolean }) {
  const classOf = (kind: string) => (cell.tone === undefined ? kind : `${kind} tone-${cell.tone}`)
  if ('text' in cell) return h('td', { className: classOf('text') }, breakable(cell.text))
  const { estimate } = cell
  const { value } = estimate
  if (typeof value !== 'number') return h('td', { className: classOf('none') }, h('span', null, prose(value.missing)))
  return h(
    'td',
    { className: classOf('number') },
    isShare && [h('meter', { key: 'bar', min: 0, max: 1, value }), ' '],
    `${formatNumber(value)} `,
    h('small', null, formatInterval(estimate)),
    h(CountMark, { estimate, shared }),
    h(Caution, { estimate }),
  )
}
