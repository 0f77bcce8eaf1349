import type { TablePart } from '@goalpost/contracts'
import { formatInterval, formatMargin, formatQuantity } from '../terminal/numbers.ts'
import type { TableCell } from '../terminal/table.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, wrap } from '../terminal/text.ts'

type Cell = TablePart['rows'][number]['cells'][number]

/** With full intervals where they fit, otherwise with margins, which take half the room. */
export function renderTablePart(terminal: Terminal, part: TablePart): string[] {
  const whole = tableContent(terminal, part, formatInterval)
  const fits = renderTable({ ...terminal, columns: Number.MAX_SAFE_INTEGER }, whole).every(
    (line) => displayWidth(line) <= terminal.columns,
  )
  return [
    terminal.colours.bold(plain(part.title)),
    ...renderTable(terminal, fits ? whole : tableContent(terminal, part, formatMargin)),
    ...explainMarks(terminal, part).flatMap((text) => wrap(text, terminal.columns).map(terminal.colours.yellow)),
    ...part.notes.flatMap((note) => wrap(prose(terminal, note), terminal.columns).map(terminal.colours.dim)),
  ]
}

type Spread = typeof formatInterval

/** The reservations about intervals in the table, each once. */
function cautionsOf({ rows }: TablePart): readonly string[] {
  const cautions = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => ('estimate' in cell ? (cell.estimate.caution ?? []) : [])),
  )
  return [...new Set(cautions)]
}

/** A cell has no room for a sentence, so a mark refers to a footnote, numbered if there are several. */
function markOf({ symbols }: Terminal, cautions: readonly string[], caution: string): string {
  return cautions.length === 1 ? symbols.caution : `${symbols.caution}${cautions.indexOf(caution) + 1}`
}

function explainMarks(terminal: Terminal, part: TablePart): readonly string[] {
  const cautions = cautionsOf(part)
  return cautions.map((caution) => `${markOf(terminal, cautions, caution)} ${prose(terminal, caution)}`)
}

function tableContent(terminal: Terminal, part: TablePart, format: Spread) {
  const cautions = cautionsOf(part)
  const spread: Spread = (_, { caution, ...estimate }) =>
    format(terminal, estimate) + (caution === undefined ? '' : markOf(terminal, cautions, caution))
  const numeric = part.columns.map((_, index) => part.rows.some(({ cells }) => isNumber(cells[index])))
  const spreadWidths = part.columns.map((_, index) =>
    Math.max(0, ...part.rows.map(({ cells }) => spreadWidth(terminal, cells[index], spread))),
  )
  return {
    columns: part.columns.map(({ title, unit }, index) => ({
      title: plain(unit === undefined ? title : `${title} (${unit})`),
      align: numeric[index] ? ('right' as const) : ('left' as const),
    })),
    rows: part.rows.map(({ cells, emphasis }) =>
      cells.map((cell, index) =>
        renderCell(terminal, cell, {
          emphasis,
          spread,
          spreadWidth: spreadWidths[index] ?? 0,
          bar: part.columns[index]?.format === 'share',
        }),
      ),
    ),
  }
}

function isNumber(cell: Cell | undefined): boolean {
  return cell !== undefined && 'estimate' in cell && typeof cell.estimate.value === 'number'
}

function spreadWidth(terminal: Terminal, cell: Cell | undefined, spread: Spread): number {
  return cell !== undefined && 'estimate' in cell ? displayWidth(spread(terminal, cell.estimate)) : 0
}

/** Values are aligned: a missing interval leaves blank space. */
function renderCell(
  terminal: Terminal,
  cell: Cell,
  look: { emphasis: boolean; spread: Spread; spreadWidth: number; bar: boolean },
): TableCell {
  const paint = (text: string): string => {
    const toned = paintTone(terminal, cell.tone, text)
    return look.emphasis ? terminal.colours.bold(toned) : toned
  }
  if ('text' in cell) return { text: prose(terminal, cell.text), paint }
  const bar = look.bar && typeof cell.estimate.value === 'number' ? `${drawShare(terminal, cell.estimate.value)} ` : ''
  const value = bar + formatQuantity(terminal, cell.estimate.value)
  if (typeof cell.estimate.value !== 'number' || look.spreadWidth === 0) return { text: value, paint }
  return { text: `${value} ${pad(look.spread(terminal, cell.estimate), look.spreadWidth, 'right')}`, paint }
}

const barWidth = 12

function drawShare({ symbols }: Terminal, share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return symbols.filled.repeat(filled) + symbols.empty.repeat(barWidth - filled)
}
