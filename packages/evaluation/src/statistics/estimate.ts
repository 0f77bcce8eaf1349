import type { Quantity } from '../measures/quantity.ts'

/**
 * How an interval came about. `student-t`: over seed means, with the levels' margin added (fewer than ten seeds).
 * `hierarchical-bootstrap`: percentiles over resampled seeds, levels, episodes. `level-bootstrap`: one seed's own
 * percentiles over levels and episodes. `none`: there is too little for an interval.
 */
export type IntervalMethod =
  | 'student-t'
  | 'hierarchical-bootstrap'
  | 'level-bootstrap'
  | 'stratified-bootstrap'
  | 'none'

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
}
