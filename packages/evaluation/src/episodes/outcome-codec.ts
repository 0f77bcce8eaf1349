import { z } from 'zod'
import { decodeLegacyOutcomes, isLegacyVersion, legacyVersions } from './legacy-outcomes.ts'
import { createOutcomeTable, type OutcomeTable } from './outcome-table.ts'
import { copyWords, wordBytes, type WordColumn } from './word-columns.ts'

/**
 * An outcome table as bytes, little-endian:
 * magic `GPOT`, uint16 version, uint16 0, uint32 levels, uint32 episodes, uint32 bytes of names, the names of goals and
 * counters as JSON in UTF-8, then column by column: uint32 lengths; of each goal float32 returns and uint32 steps of
 * its first reward; int32 counters, by episode and name; one byte of flags (1 terminated, 2 truncated); of each goal
 * one byte, 1 where it was reached. Versions 1 to 3, which are still read, hold two goals: see `decodeLegacyOutcomes`.
 */
const magic = 0x544f5047
const version = 4
const headerBytes = 20

export const outcomeMediaType = 'application/vnd.goalpost.outcomes'

const namesOf = z.strictObject({
  goals: z.tuple([z.string(), z.string()], z.string()),
  counters: z.array(z.string()),
})

/** Throws a RangeError if the table is older than the steps of first rewards. */
export function encodeOutcomes(table: OutcomeTable): Uint8Array {
  const { levels, episodes, goals, counterNames } = table
  const names = new TextEncoder().encode(
    JSON.stringify({ goals: goals.map(({ name }) => name), counters: counterNames }),
  )
  const words = wordColumns(table).map((column) => {
    if (column !== null) return wordBytes(column)
    throw new RangeError('This outcome table is of an older version: it holds no steps of first rewards')
  })
  const parts = [names, ...words, flagsOf(table), ...goals.map(({ reached }) => reached)]
  const bytes = new Uint8Array(headerBytes + parts.reduce((sum, { length }) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, version, true)
  view.setUint32(8, levels, true)
  view.setUint32(12, episodes, true)
  view.setUint32(16, names.length, true)
  let at = headerBytes
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Throws a RangeError if the bytes are not an outcome table of a known version. */
export function decodeOutcomes(bytes: Uint8Array): OutcomeTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 16 || view.getUint32(0, true) !== magic)
    throw new RangeError('These bytes are not an outcome table')
  const found = view.getUint16(4, true)
  if (isLegacyVersion(found)) return decodeLegacyOutcomes(bytes, found)
  if (found !== version)
    throw new RangeError(
      `Outcome tables of version ${found} are not known, only ${[...legacyVersions, version].join(', ')}`,
    )
  const { goals, counters, end } = decodeNames(bytes, view)
  const [levels, episodes] = [view.getUint32(8, true), view.getUint32(12, true)]
  const table = createOutcomeTable({ levels, episodes, goalNames: goals, counterNames: counters })
  const cells = levels * episodes
  const rest = cells * (4 + goals.length * 8 + counters.length * 4 + 1 + goals.length)
  if (bytes.length !== end + rest)
    throw new RangeError(
      `An outcome table of ${levels} × ${episodes} episodes and ${goals.length} goals has another length than ${bytes.length} bytes`,
    )
  fillColumns(table, bytes.subarray(end))
  return table
}

function fillColumns(table: OutcomeTable, bytes: Uint8Array): void {
  let at = 0
  const take = (length: number) => bytes.subarray(at, (at += length))
  for (const column of wordColumns(table)) if (column !== null) copyWords(take(column.byteLength), column)
  take(table.lengths.length).forEach((flags, cell) => {
    table.terminated[cell] = flags & 1
    table.truncated[cell] = (flags >> 1) & 1
  })
  for (const { reached } of table.goals) reached.set(take(reached.length))
}

/** Of four bytes each, in the order of the file. */
function wordColumns({ lengths, goals, counters }: OutcomeTable): readonly (WordColumn | null)[] {
  return [lengths, ...goals.flatMap(({ returns, firstSteps }) => [returns, firstSteps]), counters]
}

function flagsOf({ terminated, truncated }: OutcomeTable): Uint8Array {
  return terminated.map((ended, cell) => ended | (truncated[cell] << 1))
}

function decodeNames(bytes: Uint8Array, view: DataView): z.infer<typeof namesOf> & { readonly end: number } {
  const end = bytes.length < headerBytes ? Number.POSITIVE_INFINITY : headerBytes + view.getUint32(16, true)
  if (bytes.length < end) throw new RangeError('An outcome table is cut off before its names end')
  return { ...namesOf.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(headerBytes, end)))), end }
}
