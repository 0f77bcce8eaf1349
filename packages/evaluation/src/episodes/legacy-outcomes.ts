import { z } from 'zod'
import { mapGoals } from '@goalpost/environments'
import { createOutcomeTable, legacyGoalNames, type OutcomeTable } from './outcome-table.ts'
import { copyWords } from './word-columns.ts'

/** Versions of outcome tables that hold two goals without their names. */
export const legacyVersions = [1, 2, 3] as const
type LegacyVersion = (typeof legacyVersions)[number]

const headerBytes = 16
const counterNamesOf = z.array(z.string())

export function isLegacyVersion(version: number): version is LegacyVersion {
  return legacyVersions.some((known) => known === version)
}

/**
 * Reads a table of an older version. After its header: float32 true returns, float32 proxy returns, uint32 lengths,
 * from version 3 on uint32 steps of the first true and of the first proxy reward, one byte of flags (1 succeeded, 2
 * proxy reached, 4 terminated, 8 truncated), and from version 2 on uint32 bytes of counter names, the names as a JSON
 * list, and int32 counters, by episode and name. Throws a RangeError if they have another length.
 */
export function decodeLegacyOutcomes(bytes: Uint8Array, version: LegacyVersion): OutcomeTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [levels, episodes] = [view.getUint32(8, true), view.getUint32(12, true)]
  const cells = levels * episodes
  const timed = version === 3
  const flagsAt = headerBytes + cells * (timed ? 20 : 12)
  const { counterNames, end } =
    version === 1 ? { counterNames: [], end: flagsAt + cells } : decodeNames(bytes, flagsAt + cells)
  if (bytes.length !== end + cells * counterNames.length * 4)
    throw new RangeError(
      `An outcome table of ${levels} × ${episodes} episodes has another length than ${bytes.length} bytes`,
    )
  const empty = createOutcomeTable({ levels, episodes, goalNames: legacyGoalNames, counterNames })
  const table: OutcomeTable = timed
    ? empty
    : { ...empty, goals: mapGoals(empty.goals, (goal) => ({ ...goal, firstSteps: null })) }
  fillColumns(table, bytes.subarray(headerBytes))
  readFlags(table, bytes.subarray(flagsAt, flagsAt + cells))
  copyWords(bytes.subarray(end), table.counters)
  return table
}

function fillColumns({ goals: [intended, proxy], lengths }: OutcomeTable, bytes: Uint8Array): void {
  let at = 0
  for (const column of [intended.returns, proxy.returns, lengths, intended.firstSteps, proxy.firstSteps])
    if (column !== null) copyWords(bytes.subarray(at, (at += column.byteLength)), column)
}

function readFlags({ goals: [intended, proxy], terminated, truncated }: OutcomeTable, flags: Uint8Array): void {
  for (const [cell, flag] of flags.entries()) {
    intended.reached[cell] = flag & 1
    proxy.reached[cell] = (flag >> 1) & 1
    terminated[cell] = (flag >> 2) & 1
    truncated[cell] = (flag >> 3) & 1
  }
}

function decodeNames(bytes: Uint8Array, at: number): { counterNames: string[]; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length < at + 4 ? Number.POSITIVE_INFINITY : at + 4 + view.getUint32(at, true)
  if (bytes.length < end) throw new RangeError('An outcome table is cut off before the names of its counters end')
  return { counterNames: counterNamesOf.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(at + 4, end)))), end }
}
