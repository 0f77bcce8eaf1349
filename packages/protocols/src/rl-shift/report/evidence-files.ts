import type { TaskResult } from '@goalpost/contracts'
import { decodeOutcomes, type OutcomeTable } from '@goalpost/evaluation'
import { decodeKeptEpisodes, type KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import { createLevelReader, type LevelReader } from './level-reader.ts'

/**
 * What tasks have left, by the name of the artifact; null where a task has left no such thing, or it is not at hand. Each
 * file is decoded when it is first asked for, and once, however many sections of a report and conditions read it.
 */
export type EvidenceFiles = {
  bytes(result: TaskResult | null | undefined, name: string): Uint8Array | null
  outcomes(result: TaskResult | null | undefined, name: string): OutcomeTable | null
  episodes(result: TaskResult | null | undefined, name: string): KeptEpisodes | null
  readonly readLevel: LevelReader
}

/** @param artifacts by hash */
export function createEvidenceFiles(artifacts: ReadonlyMap<string, Uint8Array>): EvidenceFiles {
  const hashOf = (result: TaskResult | null | undefined, name: string) =>
    result?.artifacts.find((artifact) => artifact.name === name)?.hash
  function once<Decoded>(decode: (bytes: Uint8Array) => Decoded) {
    const known = new Map<string, Decoded>()
    return (result: TaskResult | null | undefined, name: string): Decoded | null => {
      const hash = hashOf(result, name)
      const bytes = hash === undefined ? undefined : artifacts.get(hash)
      if (hash === undefined || bytes === undefined) return null
      const decoded = known.get(hash) ?? decode(bytes)
      known.set(hash, decoded)
      return decoded
    }
  }
  return {
    bytes: once((bytes) => bytes),
    outcomes: once(decodeOutcomes),
    episodes: once(decodeKeptEpisodes),
    readLevel: createLevelReader(),
  }
}
