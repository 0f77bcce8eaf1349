/** Values along an axis, in its order. */
export type Curve = readonly { readonly x: number; readonly y: number }[]

/** Where a curve meets a line: at an x, or before its first or after its last point. */
export type Crossing = number | 'before' | 'after'

/**
 * Where the non-decreasing curve nearest to the points, by least squares, meets the height: by linear interpolation,
 * in the middle where it lies on the height. Throws a RangeError without points.
 */
export function findCrossing(points: Curve, height: number): Crossing {
  if (points.length === 0) throw new RangeError('a curve without points meets nothing')
  const fitted = poolAdjacentViolators(points.map(({ y }) => y))
  const first = fitted.findIndex((y) => y >= height)
  const last = fitted.findLastIndex((y) => y <= height)
  if (first < 0) return 'after'
  if (last < 0) return 'before'
  if (first <= last) return (points[first].x + points[last].x) / 2
  const share = (height - fitted[last]) / (fitted[first] - fitted[last])
  return points[last].x + share * (points[first].x - points[last].x)
}

/** The nearest non-decreasing values (Ayer et al., Annals of Mathematical Statistics 26, 1955). */
export function poolAdjacentViolators(values: readonly number[]): number[] {
  const pools: Pool[] = []
  for (const value of values) {
    let pool = { sum: value, size: 1 }
    for (let before = pools.at(-1); before !== undefined && isAbove(before, pool); before = pools.at(-1)) {
      pool = { sum: before.sum + pool.sum, size: before.size + pool.size }
      pools.pop()
    }
    pools.push(pool)
  }
  return pools.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size))
}

type Pool = { readonly sum: number; readonly size: number }

const isAbove = (one: Pool, other: Pool) => one.sum / one.size > other.sum / other.size
