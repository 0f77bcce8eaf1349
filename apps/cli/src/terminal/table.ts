import type { Terminal } from './terminal.ts'
import type { Alignment } from './text.ts'
import { displayWidth, pad, wrap } from './text.ts'

export type TableColumn = {
  readonly title: string
  readonly align?: Alignment
  /** Cells are never broken: ids are copied. */
  readonly whole?: boolean
}

/** `text` is measured and wrapped, `paint` colours it afterwards. */
export type TableCell = { readonly text: string; readonly paint?: (text: string) => string }

export type TableContent = {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly TableCell[])[]
}

const gap = 2
const narrowest = 6

/** Lays out columns within the terminal. Columns that do not fit continue below, beside the first column again. */
export function renderTable(terminal: Terminal, content: TableContent): string[] {
  return splitColumns(terminal, content).flatMap((indices, block) => {
    const lines = renderBlock(terminal, selectColumns(content, indices))
    return block === 0 ? lines : ['', ...lines]
  })
}

function selectColumns({ columns, rows }: TableContent, indices: readonly number[]): TableContent {
  return {
    columns: indices.map((index) => columns[index] ?? { title: '' }),
    rows: rows.map((row) => indices.map((index) => row[index] ?? { text: '' })),
  }
}

/** The first column is repeated in every block, as it names the row. */
function splitColumns(terminal: Terminal, content: TableContent): number[][] {
  const [first = 0, ...others] = content.columns.map((_, index) => smallestWidth(content, index))
  const blocks: number[][] = []
  let current: number[] = []
  let used = first
  others.forEach((width, index) => {
    if (current.length > 0 && used + gap + width > terminal.columns) {
      blocks.push(current)
      current = []
      used = first
    }
    current.push(index + 1)
    used += gap + width
  })
  return [...blocks, current].map((indices) => [0, ...indices])
}

/** Right-aligned cells are numbers and never broken, as are ids; headings break between words. */
function smallestWidth({ columns, rows }: TableContent, index: number): number {
  const column = columns[index] ?? { title: '' }
  const words = column.title.split(' ').map(displayWidth)
  const cells = rows.map((row) => displayWidth(row[index]?.text ?? ''))
  const content =
    column.align === 'right' || column.whole === true ? Math.max(0, ...cells) : Math.min(24, Math.max(0, ...cells))
  return Math.max(narrowest, ...words, content)
}

function renderBlock(terminal: Terminal, content: TableContent): string[] {
  const widths = fitWidths(terminal, content)
  const { colours, symbols } = terminal
  const heading = content.columns.map(({ title }) => ({ text: title, paint: colours.bold }))
  const rule = colours.dim(symbols.rule.repeat(widths.reduce((sum, width) => sum + width + gap, -gap)))
  const headless = content.columns.every(({ title }) => title === '')
  return [
    ...(headless ? [] : [...renderRow(heading, content.columns, widths, 'bottom'), rule]),
    ...content.rows.flatMap((row) => renderRow(row, content.columns, widths, 'top')),
  ]
}

function fitWidths(terminal: Terminal, content: TableContent): number[] {
  const widths = content.columns.map((_, index) => naturalWidth(content, index))
  const smallest = content.columns.map((_, index) => smallestWidth(content, index))
  const total = (): number => widths.reduce((sum, width) => sum + width + gap, -gap)
  while (total() > terminal.columns) {
    const slack = widths.map((width, index) => width - (smallest[index] ?? width))
    const widest = slack.indexOf(Math.max(...slack))
    if ((slack[widest] ?? 0) <= 0) break
    widths[widest] = (widths[widest] ?? 1) - 1
  }
  return widths
}

function naturalWidth({ columns, rows }: TableContent, index: number): number {
  return Math.max(displayWidth(columns[index]?.title ?? ''), ...rows.map((row) => displayWidth(row[index]?.text ?? '')))
}

function renderRow(
  row: readonly TableCell[],
  columns: readonly TableColumn[],
  widths: readonly number[],
  anchor: 'top' | 'bottom',
): string[] {
  const wrapped = row.map((cell, index) => {
    const width = widths[index] ?? narrowest
    return displayWidth(cell.text) <= width ? [cell.text] : wrap(cell.text, width)
  })
  const height = Math.max(1, ...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, y) => {
    const cells = wrapped.map((lines, index) => {
      const text = lines[anchor === 'top' ? y : y - (height - lines.length)] ?? ''
      const padded = pad(text, widths[index] ?? 0, columns[index]?.align)
      return row[index]?.paint?.(padded) ?? padded
    })
    return cells.join(' '.repeat(gap)).trimEnd()
  })
}
