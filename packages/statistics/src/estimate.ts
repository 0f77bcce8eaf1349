import type { Quantity } from './quantity.ts'

/**
 * How an interval came about. `student-t`: over seed means, reaching further on the side of a longer tail, with the levels'
 * margin added. `level-bootstrap`: one seed's own percentiles over levels and episodes. `score`: those chances that a score
 * test would not refuse. `none`: there is too little for an interval.
 */
export type IntervalMethod = 'student-t' | 'level-bootstrap' | 'score' | 'none'

export type Interval = { readonly low: number; readonly high: number }

/** A number with its interval, and what the interval stands on. */
export type Estimate = {
  readonly value: Quantity
  /** Absent where `method` is `none`. */
  readonly low?: number
  readonly high?: number
  /** Confidence level, e.g. 0.95. */
  readonly level: number
  /** Independent replicates behind it: seeds, or levels where it is one seed's own. */
  readonly count: number
  readonly method: IntervalMethod
  /** Sizes of the two groups that the seeds fall into, the lower first: what lies between them is like no seed. */
  readonly groups?: SeedGroups
}

export type SeedGroups = { readonly lower: number; readonly upper: number }
