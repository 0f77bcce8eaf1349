/** Of the two goals whose optima are stored; each is [levels]. */
export type StoredOptima = readonly [intended: Float64Array, proxy: Float64Array]

/**
 * What measuring needs to know about a frozen set of levels. Columns are [levels]; the solver's returns are discounted
 * and 0 where the goal cannot be reached.
 */
export type SuiteFacts = {
  /** SHA-256 over environment, version, parameters and levels, in lower-case hex: equal hash, equal suite. */
  readonly hash: string
  readonly levels: number
  /** 1 where the intended goal can be reached; the other levels are left out of every measure, and counted. */
  readonly solvable: Uint8Array
  readonly optimalReturns: StoredOptima
}

/** A frozen set of levels with what the exact solver says about them. */
export type Suite<Level = unknown> = {
  readonly facts: SuiteFacts
  readonly levels: readonly Level[]
  /** Levels that were drawn and thrown away because they cannot be solved; 0 unless `solvableOnly` was asked for. */
  readonly rejected: number
}

export function countSolvable(facts: SuiteFacts): number {
  return facts.solvable.reduce((sum, solvable) => sum + solvable, 0)
}
