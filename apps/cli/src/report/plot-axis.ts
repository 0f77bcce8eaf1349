import { scaleLinear, scaleLog } from 'd3-scale'

export type Axis = {
  readonly low: number
  readonly high: number
  /** The position of a value between low (0) and high (1). */
  place(value: number): number
  /** About `count` round values along the axis, formatted. */
  ticks(count: number): readonly { readonly value: number; readonly text: string }[]
}

/** `round` widens it to round ends. */
export function createAxis(
  values: readonly number[],
  kind: 'linear' | 'log',
  { round = false }: { readonly round?: boolean } = {},
): Axis {
  const scale = (kind === 'log' ? scaleLog() : scaleLinear()).domain(extent(values, kind))
  if (round) scale.nice()
  const [low = 0, high = 1] = scale.domain()
  return {
    low,
    high,
    place: (value) => scale(value),
    ticks(count) {
      const format = scale.tickFormat(count)
      const all = scale.ticks(count).map((value) => ({ value, text: format(value) }))
      // A logarithmic scale omits labels that do not fit.
      return all.filter(({ text }) => text !== '')
    },
  }
}

/** A single value is given a range, as a scale needs two ends. */
function extent(values: readonly number[], kind: 'linear' | 'log'): [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (low < high) return [low, high]
  if (kind === 'log') return [low / 2, low * 2]
  const margin = Math.abs(low) / 2 || 0.5
  return [low - margin, low + margin]
}
