import { createScale, type SearchScale } from './search-scale.ts'
import { thresholdInterval, type ThresholdInterval } from './threshold-interval.ts'

export type ThresholdSearch = {
  /** The ends of the range that is searched, ascending. */
  readonly between: readonly [number, number]
  readonly scale: SearchScale
  /** Whether only whole numbers are tried. */
  readonly integer: boolean
  /** The height at which the measure's mean over seeds is looked for. */
  readonly line: number
  readonly direction: 'rising' | 'falling'
  /** The search ends at an interval of this width: a ratio on a log scale, else a difference. */
  readonly width: number
  /** The most values that are tried. */
  readonly budget: number
  /** How many values are tried at a time, after the first round. */
  readonly perRound: number
}

/** What each seed measured at one value. */
export type Probe = { readonly value: number; readonly seeds: ReadonlyMap<number, number> }

/** A threshold in units of the option that is searched. */
export type Threshold = {
  /** Null: not shown to lie above any value that was tried. */
  readonly low: number | null
  readonly high: number | null
  /** The best guess; null if the curve meets the line nowhere in the range. */
  readonly value: number | null
}

/**
 * Why a search ends. `below` and `above`: the threshold lies outside the range. `resolution`: the values that are left
 * are closer than the scale distinguishes. `not-monotone`: the curve is above the line at a value, and below at a later one.
 */
export type SearchEnd = 'narrow' | 'budget' | 'below' | 'above' | 'resolution' | 'not-monotone'

export type SearchStep =
  | { readonly type: 'probe'; readonly values: readonly number[] }
  | { readonly type: 'end'; readonly reason: SearchEnd }

/** What is known about a threshold, and what to try next. Equal probes give equal steps, in whatever order they come. */
export function searchThreshold(
  search: ThresholdSearch,
  probes: readonly Probe[],
): { readonly threshold: Threshold; readonly step: SearchStep } {
  const scale = createScale(search)
  const ascending = probes.toSorted((left, right) => left.value - right.value)
  const found = fit(search, ascending)
  const values = ascending.map(({ value }) => value)
  const end = endOf(search, { found, values })
  const threshold = toThreshold(found, ascending)
  if (end !== null) return { threshold, step: { type: 'end', reason: end } }
  const room = search.budget - values.length
  const next =
    values.length === 0
      ? scale.first(Math.min(room, search.perRound + 2))
      : scale.between(values, { ...inside(search, found), near: threshold.value }, Math.min(room, search.perRound))
  const step: SearchStep = next.length === 0 ? { type: 'end', reason: 'resolution' } : { type: 'probe', values: next }
  return { threshold, step }
}

type Fitted = ThresholdInterval

/** Places are the positions of the probes, so that the crossing is interpolated on the search's own scale. */
function fit(search: ThresholdSearch, ascending: readonly Probe[]): Fitted {
  const scale = createScale(search)
  const sign = search.direction === 'rising' ? 1 : -1
  const points = ascending.map(({ value, seeds }) => ({
    x: scale.position(value),
    seeds: new Map([...seeds].map(([seed, measured]) => [seed, sign * measured])),
  }))
  const { low, high, crossing } = thresholdInterval(points, sign * search.line)
  const valueAt = (x: number | null) => ascending.find(({ value }) => scale.position(value) === x)?.value ?? null
  return {
    low: valueAt(low),
    high: valueAt(high),
    crossing: typeof crossing === 'number' ? scale.value(crossing) : crossing,
  }
}

function toThreshold({ low, high, crossing }: Fitted, probes: readonly Probe[]): Threshold {
  if (typeof crossing !== 'number' || probes.length === 0) return { low, high, value: null }
  return { low, high, value: Math.min(high ?? crossing, Math.max(low ?? crossing, crossing)) }
}

/** Whether the curve is shown to be below the line at a value, and above it there or before: no interval holds then. */
export function isContradictory({ low, high }: Pick<Threshold, 'low' | 'high'>): boolean {
  return low !== null && high !== null && low >= high
}

type Known = { readonly found: Fitted; readonly values: readonly number[] }

function endOf({ between, scale, width, budget }: ThresholdSearch, { found, values }: Known): SearchEnd | null {
  const { low, high } = found
  if (isContradictory(found)) return 'not-monotone'
  if (low !== null && high !== null) {
    if (createScale({ scale, between, integer: false }).distance(low, high) <= width) return 'narrow'
  }
  if (low !== null && low >= between[1]) return 'above'
  if (high !== null && high <= between[0]) return 'below'
  return values.length >= budget ? 'budget' : null
}

function inside({ between: [first, last] }: ThresholdSearch, { low, high }: Fitted) {
  return { low: low ?? first, high: high ?? last }
}
