export type SearchScale = 'log' | 'linear'

type Setting = {
  readonly between: readonly [number, number]
  readonly scale: SearchScale
  readonly integer: boolean
}

/** The part of a scale in which values are wanted, and the value near which they are wanted most. */
type Inside = { readonly low: number; readonly high: number; readonly near: number | null }

type Gap = { readonly left: number; readonly right: number; readonly middle: number; readonly width: number }

export type Scale = {
  position(value: number): number
  value(position: number): number
  /** A ratio on a log scale, else a difference. */
  distance(low: number, high: number): number
  /** Both ends and values evenly between them. */
  first(count: number): number[]
  /**
   * Up to `count` values, one after the other in the middle of the widest gap: of equally wide ones, that which
   * contains `near`, else the first. Fewer if no gap is wide enough for another value. `values` ascend.
   */
  between(values: readonly number[], inside: Inside, count: number): number[]
}

export function createScale(setting: Setting): Scale {
  const [first, last] = setting.between
  const isLog = setting.scale === 'log'
  const position = isLog ? Math.log : (value: number) => value
  const value = isLog ? Math.exp : (at: number) => at
  const round = roundingOf(setting)
  const gapsOf = (values: readonly number[]): Gap[] =>
    values.slice(1).map((right, index) => {
      const left = values[index]
      const middle = round(value((position(left) + position(right)) / 2))
      return { left, right, middle, width: position(right) - position(left) }
    })
  return {
    position,
    value,
    distance: (low, high) => (isLog ? high / low : high - low),
    first(count) {
      const steps = Math.max(1, count - 1)
      const inner = Array.from({ length: steps - 1 }, (_, index) => {
        const share = (index + 1) / steps
        return round(value(position(first) + share * (position(last) - position(first))))
      })
      // Rounding may leave a narrow range.
      return [...new Set([first, ...inner.filter((one) => first < one && one < last), last])]
    },
    between(values, inside, count) {
      const known = [...values]
      const chosen: number[] = []
      while (chosen.length < count) {
        const gap = widestGap(gapsOf(known), inside)
        if (gap === undefined) break
        chosen.push(gap.middle)
        known.splice(known.indexOf(gap.right), 0, gap.middle)
      }
      return chosen
    },
  }
}

/** Rounded values, with three significant digits, make short names. */
function roundingOf({ between: [first, last], scale, integer }: Setting): (value: number) => number {
  if (integer) return Math.round
  if (scale === 'log') return (value) => Number(value.toPrecision(3))
  const finest = 10 ** (Math.floor(Math.log10(last - first)) - 3)
  return (value) => Number((Math.round(value / finest) * finest).toPrecision(12))
}

function widestGap(gaps: readonly Gap[], { low, high, near }: Inside): Gap | undefined {
  const usable = gaps.filter(
    ({ left, right, middle }) => left >= low && right <= high && left < middle && middle < right,
  )
  const widest = Math.max(...usable.map(({ width }) => width))
  // Halves of one gap differ by rounding.
  const wide = usable.filter(({ width }) => width > widest * 0.9)
  return wide.find(({ left, right }) => near !== null && left <= near && near <= right) ?? wide[0]
}
