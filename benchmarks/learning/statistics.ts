/** A summary of repeated measurements. */
export type Summary = { readonly median: number; readonly least: number; readonly most: number }

/** @throws RangeError without values. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const [least, most] = [sorted.at(0), sorted.at(-1)]
  if (least === undefined || most === undefined) throw new RangeError('no values to summarise')
  return { median: (at(sorted, (sorted.length - 1) / 2) + at(sorted, sorted.length / 2)) / 2, least, most }
}

function at(sorted: readonly number[], position: number): number {
  return sorted[Math.floor(position)] ?? Number.NaN
}

/** The slope of the least-squares line through points [x, y]; 0 for fewer than two. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
}
