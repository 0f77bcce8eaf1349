/** One line of comma-separated values (RFC 4180). What is neither text nor a number is empty. */
export function csvLine(values: readonly unknown[]): string {
  return values.map(field).join(',')
}

function field(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  const text = startsFormula(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Spreadsheets compute such text, which others may have chosen; an apostrophe makes it text there. Numbers stay. */
function startsFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text))
}
