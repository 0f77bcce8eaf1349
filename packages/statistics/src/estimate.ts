import type { Quantity } from './quantity.ts'

/**
 * How an interval was computed. `student-t`: over seed means, wider on the side of a longer tail, with the levels'
 * margin added. `level-bootstrap`: one seed's own percentiles over levels and episodes. `score`: the chances that a
 * score test would not reject. `none`: too little data for an interval.
 */
export type IntervalMethod = 'student-t' | 'level-bootstrap' | 'score' | 'none'

export type Interval = { readonly low: number; readonly high: number }

/** A number with its interval, and the data behind it. */
export type Estimate = {
  readonly value: Quantity
  /** Absent where `method` is `none`. */
  readonly low?: number
  readonly high?: number
  /** Confidence level, e.g. 0.95. */
  readonly level: number
  /** Independent replicates: seeds, or levels for one seed's own estimate. */
  readonly count: number
  readonly method: IntervalMethod
  /** Sizes of the two groups that the seeds fall into, lower first: no seed is like a value between them. */
  readonly groups?: SeedGroups
}

export type SeedGroups = { readonly lower: number; readonly upper: number }
