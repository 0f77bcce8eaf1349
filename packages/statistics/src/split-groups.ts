import { sorted } from './moments.ts'

/** Ascending values, cut in two. */
export type Split = {
  readonly lower: number
  /** The distance between the two groups' nearest values. */
  readonly gap: number
  /** The gap's share of the range. */
  readonly gapShare: number
  /** The share of the squared deviations within the groups. */
  readonly withinShare: number
}

/** Every cut that leaves at least a tenth of the values on each side; none if all values are equal. */
export function splitGroups(values: ArrayLike<number>): readonly Split[] {
  const ascending = sorted(values)
  const { length } = ascending
  const range = ascending[length - 1] - ascending[0]
  if (!(range > 0)) return []
  const least = Math.ceil(length / 10)
  const splits: Split[] = []
  const total = squares(ascending, 0, length)
  for (let lower = least; lower <= length - least; lower++) {
    const gap = ascending[lower] - ascending[lower - 1]
    const within = squares(ascending, 0, lower) + squares(ascending, lower, length)
    splits.push({ lower, gap, gapShare: gap / range, withinShare: within / total })
  }
  return splits
}

/** Sum of squared deviations of values from … to − 1 from their mean. */
function squares(values: Float64Array, from: number, to: number): number {
  let center = 0
  for (let i = from; i < to; i++) center += values[i] / (to - from)
  let sum = 0
  for (let i = from; i < to; i++) sum += (values[i] - center) ** 2
  return sum
}
