import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'

/**
 * An outcome table as bytes, little-endian:
 * magic `GPOT`, uint16 version, uint16 0, uint32 levels, uint32 episodes, then column by column float32 true returns,
 * float32 proxy returns, uint32 lengths, and one byte of flags: 1 succeeded, 2 proxy reached, 4 terminated, 8 truncated.
 * Version 2, written where anything else was counted, goes on with uint32 bytes of names, the names as a JSON list in UTF-8,
 * and int32 counters, by episode and name.
 */
const magic = 0x544f5047
const plain = 1
const counted = 2
const headerBytes = 16
const cellBytes = 13
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

export const outcomeMediaType = 'application/vnd.goalpost.outcomes'

export function encodeOutcomes(table: OutcomeTable): Uint8Array {
  const cells = table.levels * table.episodes
  const tail = encodeCounters(table)
  const bytes = new Uint8Array(headerBytes + cells * cellBytes + tail.length)
  bytes.set(tail, headerBytes + cells * cellBytes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, tail.length === 0 ? plain : counted, true)
  view.setUint32(8, table.levels, true)
  view.setUint32(12, table.episodes, true)
  const columns = [table.trueReturns, table.proxyReturns, table.lengths]
  columns.forEach((column, index) => bytes.set(wordBytes(column), headerBytes + index * cells * 4))
  const flags = headerBytes + cells * 12
  for (let cell = 0; cell < cells; cell++) {
    bytes[flags + cell] =
      table.succeeded[cell] |
      (table.proxyReached[cell] << 1) |
      (table.terminated[cell] << 2) |
      (table.truncated[cell] << 3)
  }
  return bytes
}

/** Throws a RangeError where the bytes are not an outcome table of a known version. */
export function decodeOutcomes(bytes: Uint8Array): OutcomeTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic)
    throw new RangeError('These bytes are not an outcome table')
  const found = view.getUint16(4, true)
  if (found !== plain && found !== counted)
    throw new RangeError(`Outcome tables of version ${found} are not known, only ${plain} and ${counted}`)
  const levels = view.getUint32(8, true)
  const episodes = view.getUint32(12, true)
  const cells = levels * episodes
  const end = headerBytes + cells * cellBytes
  const names = found === counted ? decodeNames(bytes, end) : { counterNames: [], end }
  if (bytes.length !== names.end + cells * names.counterNames.length * 4)
    throw new RangeError(
      `An outcome table of ${levels} × ${episodes} episodes has another length than ${bytes.length} bytes`,
    )

  const table = createOutcomeTable(levels, episodes, names.counterNames)
  for (let i = 0; i < table.counters.length; i++) table.counters[i] = view.getInt32(names.end + i * 4, true)
  const columns = [table.trueReturns, table.proxyReturns, table.lengths]
  columns.forEach((column, index) => {
    const start = headerBytes + index * cells * 4
    // Both directions swap on a big-endian machine, in place, on the column's own memory.
    byteView(column).set(bytes.subarray(start, start + cells * 4))
    if (!littleEndian) swapWords(byteView(column))
  })
  const flags = headerBytes + cells * 12
  for (let cell = 0; cell < cells; cell++) {
    const flag = bytes[flags + cell]
    table.succeeded[cell] = flag & 1
    table.proxyReached[cell] = (flag >> 1) & 1
    table.terminated[cell] = (flag >> 2) & 1
    table.truncated[cell] = (flag >> 3) & 1
  }
  return table
}

function encodeCounters({ counterNames, counters }: OutcomeTable): Uint8Array {
  if (counterNames.length === 0) return new Uint8Array(0)
  const names = new TextEncoder().encode(JSON.stringify(counterNames))
  const bytes = new Uint8Array(4 + names.length + counters.length * 4)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, names.length, true)
  bytes.set(names, 4)
  counters.forEach((value, i) => view.setInt32(4 + names.length + i * 4, value, true))
  return bytes
}

function decodeNames(bytes: Uint8Array, at: number): { counterNames: string[]; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const cut = new RangeError('An outcome table is cut off before the names of its counters end')
  if (bytes.length < at + 4) throw cut
  const end = at + 4 + view.getUint32(at, true)
  if (bytes.length < end) throw cut
  const counterNames: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(at + 4, end)))
  return { counterNames: counterNames as string[], end }
}

function byteView(column: Float32Array | Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

function wordBytes(column: Float32Array | Uint32Array): Uint8Array {
  if (littleEndian) return byteView(column)
  const copy = byteView(column).slice()
  swapWords(copy)
  return copy
}

function swapWords(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse()
}
