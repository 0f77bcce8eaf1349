/** What is told of repeated measurements. */
export type Summary = { readonly median: number; readonly least: number; readonly most: number }

/** @throws RangeError where there is nothing to summarise. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b)
  const [least, most] = [sorted.at(0), sorted.at(-1)]
  if (least === undefined || most === undefined) throw new RangeError('no values to summarise')
  return { median: (at(sorted, (sorted.length - 1) / 2) + at(sorted, sorted.length / 2)) / 2, least, most }
}

function at(sorted: readonly number[], position: number): number {
  return sorted[Math.floor(position)] ?? Number.NaN
}
