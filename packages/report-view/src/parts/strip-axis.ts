import type { Estimate } from '@goalpost/contracts'
import { createAxis, type Axis } from '../axis.ts'

const edge = 4

/** An axis wider than this would show nothing if all numbers shared it. */
const widestRange = 4

/** The axis that estimates share, including 0 and 1; null if their range is too wide. */
export function stripAxis(estimates: readonly Estimate[], thresholds: readonly number[]): Axis | null {
  const ends = estimates.flatMap(({ value, low, high }) => [value, low, high].filter((end) => typeof end === 'number'))
  if (ends.length === 0) return null
  const axis = createAxis([0, 1, ...ends, ...thresholds], 'linear', 6)
  return axis.high - axis.low > widestRange ? null : axis
}

/**
 * Position of a value on a strip that fills the width, e.g. `27.5%`: marks and letters keep their size on any screen. Its
 * ends are kept free for marks that stick out.
 */
export function percentAt(axis: Axis, value: number): string {
  return `${Number((edge + axis.place(value) * (100 - 2 * edge)).toFixed(2))}%`
}
