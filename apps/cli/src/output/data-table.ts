import { csvLine } from './csv-line.ts'

type Value = string | number | null

/** Rows of one shape, to be written as a file that other programs read. */
export type DataTable = {
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'number' }[]
  /** One value for each column; null where it is missing. */
  readonly rows: readonly (readonly Value[])[]
}

export const text = (name: string) => ({ name, type: 'text' }) as const
export const number = (name: string) => ({ name, type: 'number' }) as const

/** Null for what is not a number: missing, with a reason that no column has. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** A line of names, then one for each row (RFC 4180); missing values are empty. */
export function csvLines({ columns, rows }: DataTable): string[] {
  return [columns.map(({ name }) => name), ...rows].map(csvLine)
}
