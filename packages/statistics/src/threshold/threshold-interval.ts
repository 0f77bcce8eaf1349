import { findCrossing, type Crossing } from '../crossing.ts'
import { meanError, studentMargins } from '../mean-interval.ts'
import { mean } from '../moments.ts'

/** What each seed measured at one place. */
export type DosePoint = { readonly x: number; readonly seeds: ReadonlyMap<number, number> }

export type ThresholdInterval = {
  /** The last place at which the curve is shown to lie below the line; null if there is none. */
  readonly low: number | null
  /** The first place at which the curve is shown to lie above the line; null if there is none. */
  readonly high: number | null
  /** Where the non-decreasing curve nearest to the means meets the line; null without points. */
  readonly crossing: Crossing | null
}

/**
 * Each test's confidence, for a confidence of .95 of the interval: the more points, the more tests have been made, after
 * each of them. Chosen by simulation (docs/searches.md).
 */
export function blockConfidence(points: number): number {
  return 1 - 0.05 * Math.min(1, 6 / points) ** 1.5
}

/**
 * Where the mean over seeds of a curve that does not fall reaches `line`. Nothing else is assumed about its shape. The
 * mean over a block of neighbouring points is at least the curve's value at the first and at most that at the last: if
 * it lies below the line, so does the curve at the first point, and if above, at the last. A block is tested by the
 * t interval of its seeds' means, so points may be correlated within a seed. Points ascend.
 */
export function thresholdInterval(
  points: readonly DosePoint[],
  line: number,
  confidence = blockConfidence(points.length),
): ThresholdInterval {
  let low: number | null = null
  let high: number | null = null
  for (const block of blocksOf(points)) {
    const side = sideOf(block.values, { line, confidence })
    if (side === 'below' && (low === null || block.first > low)) low = block.first
    if (side === 'above' && (high === null || block.last < high)) high = block.last
  }
  return { low, high, crossing: crossingOf(points, line) }
}

type Block = { readonly first: number; readonly last: number; readonly values: readonly number[] }

/** All runs of neighbouring points, with the mean of each seed that was measured at all of them. */
function* blocksOf(points: readonly DosePoint[]): Generator<Block> {
  for (let from = 0; from < points.length; from++) {
    let sums = new Map(points[from].seeds)
    for (let to = from; to < points.length; to++) {
      if (to > from) sums = addSeeds(sums, points[to].seeds)
      const count = to - from + 1
      yield { first: points[from].x, last: points[to].x, values: [...sums.values()].map((sum) => sum / count) }
    }
  }
}

function addSeeds(sums: ReadonlyMap<number, number>, seeds: DosePoint['seeds']): Map<number, number> {
  const common = [...sums].flatMap(([seed, sum]): [number, number][] => {
    const value = seeds.get(seed)
    return value === undefined ? [] : [[seed, sum + value]]
  })
  return new Map(common)
}

type Test = { readonly line: number; readonly confidence: number }

/** On which side of the line the mean of a block is shown to lie; null if neither. */
function sideOf(values: readonly number[], { line, confidence }: Test): 'below' | 'above' | null {
  if (values.length < 2) return null
  const center = mean(values)
  const { below, above } = studentMargins(meanError(values), confidence)
  if (center + above < line) return 'below'
  return center - below > line ? 'above' : null
}

function crossingOf(points: readonly DosePoint[], line: number): Crossing | null {
  const measured = points.filter(({ seeds }) => seeds.size > 0)
  if (measured.length === 0) return null
  return findCrossing(
    measured.map(({ x, seeds }) => ({ x, y: mean([...seeds.values()]) })),
    line,
  )
}
