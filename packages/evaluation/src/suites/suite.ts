/** Of the two goals whose optima are stored; each is [levels]. */
export type StoredOptima = readonly [intended: Float64Array, proxy: Float64Array]

/**
 * The facts about a frozen set of levels that measures need. Columns are [levels]; the solver's returns are discounted
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

/** A frozen set of levels with the exact solver's results. */
export type Suite<Level = unknown> = {
  readonly facts: SuiteFacts
  readonly levels: readonly Level[]
  /** Levels that were drawn and discarded because they cannot be solved; 0 unless `solvableOnly` was set. */
  readonly rejected: number
}

export function countSolvable(facts: SuiteFacts): number {
  return facts.solvable.reduce((sum, solvable) => sum + solvable, 0)
}
