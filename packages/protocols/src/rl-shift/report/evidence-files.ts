import type { TaskResult } from '@goalpost/contracts'
import {
  createResampleMemo,
  decodeOutcomes,
  decodeSuiteFacts,
  type OutcomeTable,
  type ResampleMemo,
  type SuiteFacts,
} from '@goalpost/evaluation'
import { decodeKeptEpisodes, type KeptEpisodes } from '../../worlds/episodes/kept-episodes.ts'
import { createLevelReader, type LevelReader } from './level-reader.ts'

/**
 * Files of task results by artifact name; null if a task has no such file or it is unavailable. Each file is decoded
 * once, on first use.
 */
export type EvidenceFiles = {
  bytes(result: TaskResult | null | undefined, name: string): Uint8Array | null
  outcomes(result: TaskResult | null | undefined, name: string): OutcomeTable | null
  episodes(result: TaskResult | null | undefined, name: string): KeptEpisodes | null
  facts(result: TaskResult | null | undefined, name: string): SuiteFacts | null
  readonly readLevel: LevelReader
  /** What was computed about the tables. */
  readonly memo: ResampleMemo
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
    facts: once(decodeSuiteFacts),
    readLevel: createLevelReader(),
    memo: createResampleMemo(),
  }
}
