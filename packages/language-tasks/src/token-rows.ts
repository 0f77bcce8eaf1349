/** Rows of one static width. Padding is on the left, so the last token of every row is in the last column. */
export type TokenRows = {
  /** [n, columns] */
  readonly tokens: Int32Array
  /** [n] the column of each row's first token */
  readonly starts: Int32Array
}

/** @throws RangeError if a row is longer than `columns` */
export function padLeft(rows: readonly (readonly number[])[], columns: number): TokenRows {
  const tokens = new Int32Array(rows.length * columns)
  const starts = new Int32Array(rows.length)
  rows.forEach((row, i) => {
    if (row.length > columns) throw new RangeError(`a row of ${row.length} tokens does not fit in ${columns} columns`)
    starts[i] = columns - row.length
    tokens.set(row, i * columns + starts[i])
  })
  return { tokens, starts }
}
