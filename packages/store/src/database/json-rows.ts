/** Any number of rows as one parameter, to be read by `jsonb_to_recordset`: a statement has at most 65,535 of them. */
export function jsonRows(rows: readonly object[]): string {
  return JSON.stringify(rows)
}

/** PostgreSQL's text has no NUL; log lines and messages of crashed programs sometimes do. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD')
}
