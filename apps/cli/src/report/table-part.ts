import type { TablePart } from '@goalpost/contracts'
import { formatInterval, formatQuantity } from '../terminal/numbers.ts'
import type { TableCell } from '../terminal/table.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { displayWidth, pad, plain, wrap } from '../terminal/text.ts'

type Cell = TablePart['rows'][number]['cells'][number]

export function renderTablePart(terminal: Terminal, part: TablePart): string[] {
  const numeric = part.columns.map((_, index) => part.rows.some(({ cells }) => isNumber(cells[index])))
  const intervalWidths = part.columns.map((_, index) =>
    Math.max(0, ...part.rows.map(({ cells }) => intervalWidth(terminal, cells[index]))),
  )
  const content = {
    columns: part.columns.map(({ title, unit }, index) => ({
      title: plain(unit === undefined ? title : `${title} (${unit})`),
      align: numeric[index] ? ('right' as const) : ('left' as const),
    })),
    rows: part.rows.map(({ cells, emphasis }) =>
      cells.map((cell, index) => renderCell(terminal, cell, { emphasis, intervalWidth: intervalWidths[index] ?? 0 })),
    ),
  }
  return [
    terminal.colours.bold(plain(part.title)),
    ...renderTable(terminal, content),
    ...part.notes.flatMap((note) => wrap(plain(note), terminal.columns).map(terminal.colours.dim)),
  ]
}

function isNumber(cell: Cell | undefined): boolean {
  return cell !== undefined && 'estimate' in cell && typeof cell.estimate.value === 'number'
}

function intervalWidth(terminal: Terminal, cell: Cell | undefined): number {
  return cell !== undefined && 'estimate' in cell ? displayWidth(formatInterval(terminal, cell.estimate)) : 0
}

/** Values stand under each other: a missing interval leaves its room. */
function renderCell(terminal: Terminal, cell: Cell, look: { emphasis: boolean; intervalWidth: number }): TableCell {
  const paint = (text: string): string => {
    const toned = paintTone(terminal, cell.tone, text)
    return look.emphasis ? terminal.colours.bold(toned) : toned
  }
  if ('text' in cell) return { text: plain(cell.text), paint }
  const value = formatQuantity(terminal, cell.estimate.value)
  if (typeof cell.estimate.value !== 'number' || look.intervalWidth === 0) return { text: value, paint }
  return { text: `${value} ${pad(formatInterval(terminal, cell.estimate), look.intervalWidth, 'right')}`, paint }
}
