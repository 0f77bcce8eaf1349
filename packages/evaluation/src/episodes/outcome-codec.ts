import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'

/**
 * An outcome table as bytes, little-endian:
 * magic `GPOT`, uint16 version, uint16 0, uint32 levels, uint32 episodes, then column by column float32 true returns,
 * float32 proxy returns, uint32 lengths, uint32 steps of the first true and of the first proxy reward, one byte of flags
 * (1 succeeded, 2 proxy reached, 4 terminated, 8 truncated), uint32 bytes of counter names, the names as a JSON list in
 * UTF-8, and int32 counters, by episode and name. Versions 1 and 2, which are still read, have no steps of first rewards;
 * version 1 has no counters.
 */
const magic = 0x544f5047
const versions = { plain: 1, counted: 2, current: 3 } as const
const headerBytes = 16
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

export const outcomeMediaType = 'application/vnd.goalpost.outcomes'

type Column = Float32Array | Uint32Array

/** Of four bytes a cell, in the order of the file. */
function columnsOf({ trueReturns, proxyReturns, lengths, goalSteps, proxySteps }: OutcomeTable): readonly Column[] {
  const all: readonly (Column | null)[] = [trueReturns, proxyReturns, lengths, goalSteps, proxySteps]
  return all.filter((column) => column !== null)
}

/** Throws a RangeError where the table is one from before the steps of first rewards were kept. */
export function encodeOutcomes(table: OutcomeTable): Uint8Array {
  if (table.goalSteps === null || table.proxySteps === null)
    throw new RangeError('This outcome table is of an older version: it holds no steps of first rewards')
  const cells = table.levels * table.episodes
  const columns = columnsOf(table)
  const tail = encodeCounters(table)
  const flags = headerBytes + cells * columns.length * 4
  const bytes = new Uint8Array(flags + cells + tail.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, versions.current, true)
  view.setUint32(8, table.levels, true)
  view.setUint32(12, table.episodes, true)
  columns.forEach((column, index) => bytes.set(wordBytes(column), headerBytes + index * cells * 4))
  for (let cell = 0; cell < cells; cell++) {
    bytes[flags + cell] =
      table.succeeded[cell] |
      (table.proxyReached[cell] << 1) |
      (table.terminated[cell] << 2) |
      (table.truncated[cell] << 3)
  }
  bytes.set(tail, flags + cells)
  return bytes
}

/** Throws a RangeError where the bytes are not an outcome table of a known version. */
export function decodeOutcomes(bytes: Uint8Array): OutcomeTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic)
    throw new RangeError('These bytes are not an outcome table')
  const found = view.getUint16(4, true)
  const known: readonly number[] = Object.values(versions)
  if (!known.includes(found))
    throw new RangeError(`Outcome tables of version ${found} are not known, only ${known.join(', ')}`)
  const levels = view.getUint32(8, true)
  const episodes = view.getUint32(12, true)
  const cells = levels * episodes
  const width = found === versions.current ? 5 : 3
  const end = headerBytes + cells * (width * 4 + 1)
  const names = found === versions.plain ? { counterNames: [], end } : decodeNames(bytes, end)
  if (bytes.length !== names.end + cells * names.counterNames.length * 4)
    throw new RangeError(
      `An outcome table of ${levels} × ${episodes} episodes has another length than ${bytes.length} bytes`,
    )

  const empty = createOutcomeTable(levels, episodes, names.counterNames)
  const table = found === versions.current ? empty : { ...empty, goalSteps: null, proxySteps: null }
  for (let i = 0; i < table.counters.length; i++) table.counters[i] = view.getInt32(names.end + i * 4, true)
  columnsOf(table).forEach((column, index) => {
    const start = headerBytes + index * cells * 4
    // Both directions swap on a big-endian machine, in place, on the column's own memory.
    byteView(column).set(bytes.subarray(start, start + cells * 4))
    if (!littleEndian) swapWords(byteView(column))
  })
  readFlags(bytes.subarray(headerBytes + cells * width * 4), table)
  return table
}

function readFlags(flags: Uint8Array, table: OutcomeTable): void {
  for (let cell = 0; cell < table.levels * table.episodes; cell++) {
    const flag = flags[cell]
    table.succeeded[cell] = flag & 1
    table.proxyReached[cell] = (flag >> 1) & 1
    table.terminated[cell] = (flag >> 2) & 1
    table.truncated[cell] = (flag >> 3) & 1
  }
}

function encodeCounters({ counterNames, counters }: OutcomeTable): Uint8Array {
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

function byteView(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

function wordBytes(column: Column): Uint8Array {
  if (littleEndian) return byteView(column)
  const copy = byteView(column).slice()
  swapWords(copy)
  return copy
}

function swapWords(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse()
}
