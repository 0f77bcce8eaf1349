export type SearchScale = 'log' | 'linear'

type Setting = {
  readonly between: readonly [number, number]
  readonly scale: SearchScale
  readonly integer: boolean
}

/** The part of a scale in which values are wanted, and the value near which they are wanted most. */
type Inside = { readonly low: number; readonly high: number; readonly near: number | null }

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

/** Rounded values, with three significant digits, make short names. */
export function createScale({ between: [first, last], scale, integer }: Setting): Scale {
  const isLog = scale === 'log'
  const position = isLog ? Math.log : (value: number) => value
  const value = isLog ? Math.exp : (at: number) => at
  const finest = integer ? 1 : 10 ** (Math.floor(Math.log10(last - first)) - 3)
  const round = (at: number): number => {
    if (integer) return Math.round(at)
    return isLog ? Number(at.toPrecision(3)) : Number((Math.round(at / finest) * finest).toPrecision(12))
  }
  const middle = (low: number, high: number) => round(value((position(low) + position(high)) / 2))
  const gapsOf = (values: readonly number[], { low, high }: Inside) =>
    values.slice(1).flatMap((right, index) => {
      const left = values[index]
      const between = middle(left, right)
      return left < low || right > high || between <= left || between >= right ? [] : [{ left, right, between }]
    })
  return {
    position,
    value,
    distance: (low, high) => (isLog ? high / low : high - low),
    first(count) {
      const steps = Math.max(1, count - 1)
      const places = Array.from({ length: steps - 1 }, (_, index) => (index + 1) / steps)
      const inner = places.map((share) => round(value(position(first) + share * (position(last) - position(first)))))
      return [...new Set([first, ...inner, last])]
    },
    between(values, inside, count) {
      const known = [...values]
      const chosen: number[] = []
      while (chosen.length < count) {
        const gaps = gapsOf(known, inside)
        const width = ({ left, right }: (typeof gaps)[number]) => position(right) - position(left)
        const widest = Math.max(...gaps.map(width))
        // Halves of one gap differ by rounding.
        const wide = gaps.filter((gap) => width(gap) > widest * 0.9)
        const { near } = inside
        const gap = wide.find(({ left, right }) => near !== null && left <= near && near <= right) ?? wide[0]
        if (gap === undefined) break
        chosen.push(gap.between)
        known.splice(known.indexOf(gap.right), 0, gap.between)
      }
      return chosen
    },
  }
}
