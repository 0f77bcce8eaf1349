import type { Estimate, TablePart } from '@goalpost/contracts'

/** `tsv` for spreadsheets, `markdown` for papers and issues, `csv` for programs. */
export type TableFormat = 'tsv' | 'markdown' | 'csv'

type Column = TablePart['columns'][number]
type Cell = TablePart['rows'][number]['cells'][number]
type Field = string | number

/**
 * A table as text, with full precision. Where a column has intervals, columns for their ends and the number of
 * replicates follow; where a number is missing, the field is empty.
 */
export function tableText(part: TablePart, format: TableFormat): string {
  const wide = part.columns.map((_, index) => part.rows.some(({ cells }) => hasInterval(cells[index])))
  const head = part.columns.flatMap((column, index) => titlesOf(column, wide[index] === true))
  const rows = part.rows.map(({ cells }) =>
    part.columns.flatMap((_, index) => fieldsOf(cells[index], wide[index] === true)),
  )
  return format === 'markdown' ? markdown(head, rows) : separated([head, ...rows], format)
}

function hasInterval(cell: Cell | undefined): boolean {
  return cell !== undefined && 'estimate' in cell && cell.estimate.low !== undefined
}

function titlesOf({ title, unit }: Column, isWide: boolean): string[] {
  const name = unit === undefined ? title : `${title} (${unit})`
  return isWide ? [name, `${name}: low`, `${name}: high`, `${name}: count`] : [name]
}

function fieldsOf(cell: Cell | undefined, isWide: boolean): Field[] {
  const rest: Field[] = isWide ? ['', '', ''] : []
  if (cell === undefined) return ['', ...rest]
  if ('text' in cell) return [cell.text, ...rest]
  return isWide ? estimateFields(cell.estimate) : [numberOf(cell.estimate)]
}

function estimateFields(estimate: Estimate): Field[] {
  return [numberOf(estimate), estimate.low ?? '', estimate.high ?? '', estimate.count ?? '']
}

const numberOf = ({ value }: Estimate): Field => (typeof value === 'number' ? value : '')

function separated(rows: readonly (readonly Field[])[], format: 'tsv' | 'csv'): string {
  const write = format === 'csv' ? quoted : withoutTabs
  return rows.map((row) => `${row.map(write).join(format === 'csv' ? ',' : '\t')}\n`).join('')
}

/** RFC 4180. A text that begins like a formula is not one: spreadsheets would compute it. */
function quoted(field: Field): string {
  if (typeof field === 'number') return String(field)
  const text = /^[=+@-]/.test(field) ? `'${field}` : field
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const withoutTabs = (field: Field): string =>
  typeof field === 'number' ? String(field) : field.replaceAll(/[\t\n\r]+/g, ' ')

function markdown(head: readonly string[], rows: readonly (readonly Field[])[]): string {
  const line = (fields: readonly Field[]): string =>
    `| ${fields.map((field) => withoutTabs(field).replaceAll('|', '\\|')).join(' | ')} |\n`
  const rule = `|${head.map((_, index) => (isNumeric(rows, index) ? ' ---: ' : ' --- ')).join('|')}|\n`
  return line(head) + rule + rows.map(line).join('')
}

function isNumeric(rows: readonly (readonly Field[])[], index: number): boolean {
  return rows.some((row) => typeof row[index] === 'number')
}
