import type { Estimate } from '@goalpost/contracts'
import { createAxis, type Axis } from '../axis.ts'

const edge = 4

/** An axis wider than this would show nothing if all numbers shared it. */
const widestRange = 4

/** What the estimates of an axis are read against. */
type Marks = { readonly thresholds: readonly number[]; readonly references: readonly number[] }

/**
 * The axis that estimates share, including 0 and 1; null if their range is too wide. References that would make it too
 * wide are left out of it.
 */
export function stripAxis(estimates: readonly Estimate[], { thresholds, references }: Marks): Axis | null {
  const ends = estimates.flatMap(({ value, low, high }) => [value, low, high].filter((end) => typeof end === 'number'))
  if (ends.length === 0) return null
  const covering = (marks: readonly number[]) => createAxis([0, 1, ...ends, ...thresholds, ...marks], 'linear', 6)
  return [covering(references), covering([])].find((axis) => axis.high - axis.low <= widestRange) ?? null
}

/**
 * Position of a value on a strip that fills the width, e.g. `27.5%`: marks and letters keep their size on any screen. Its
 * ends are kept free for marks that stick out.
 */
export function percentAt(axis: Axis, value: number): string {
  return `${Number((edge + axis.place(value) * (100 - 2 * edge)).toFixed(2))}%`
}
