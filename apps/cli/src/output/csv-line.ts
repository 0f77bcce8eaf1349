/** One line of comma-separated values (RFC 4180). What is neither text nor a number is empty. */
export function csvLine(values: readonly unknown[]): string {
  return values.map(field).join(',')
}

function field(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
