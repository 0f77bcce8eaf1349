/** A column of four-byte numbers. */
export type WordColumn = Float32Array | Uint32Array | Int32Array

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The column's bytes, little-endian. */
export function wordBytes(column: WordColumn): Uint8Array {
  if (littleEndian) return byteView(column)
  const copy = byteView(column).slice()
  swapWords(copy)
  return copy
}

/** Fills a column from little-endian bytes. */
export function copyWords(bytes: Uint8Array, column: WordColumn): void {
  byteView(column).set(bytes)
  if (!littleEndian) swapWords(byteView(column))
}

function byteView(column: WordColumn): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

function swapWords(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse()
}
