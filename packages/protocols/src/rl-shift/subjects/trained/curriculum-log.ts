import type { JsonValue, Quantity } from '@goalpost/contracts'
import { unchecked } from '@goalpost/protocol-kit'

/** One iteration of a curriculum. */
export type CurriculumPoint = {
  /** Environment steps learned from. */
  readonly steps: number
  readonly series: Readonly<Record<string, Quantity>>
}

export type ReplayedLevel = {
  readonly level: JsonValue
  readonly score: number
  readonly replays: number
  readonly mutations: number
}

/** The life of a curriculum, for the report. */
export type CurriculumLog = {
  readonly points: readonly CurriculumPoint[]
  /** The replayed levels of largest score at the end. */
  readonly levels: readonly ReplayedLevel[]
}

const maxPoints = 60

/** Whether the point of this iteration (1, 2, …) is kept: about sixty are, the last one among them. */
export function isLogged(iteration: number, iterations: number): boolean {
  const kept = (n: number) => Math.floor((n * Math.min(iterations, maxPoints)) / iterations)
  return kept(iteration) > kept(iteration - 1)
}

export function encodeCurriculumLog(log: CurriculumLog): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(log))
}

export function decodeCurriculumLog(bytes: Uint8Array): CurriculumLog {
  return unchecked(JSON.parse(new TextDecoder().decode(bytes)))
}
