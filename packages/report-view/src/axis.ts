import { scaleLinear, scaleLog } from 'd3-scale'

/** A position for every value, and the values to mark. */
export type Axis = {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Position of a value between low (0) and high (1). */
  place(value: number): number
}

export type Scale = 'linear' | 'log'

/** Marks beyond this many are thinned out. */
const mostMarks = 7

/** Covers all values, and ends at marks if that takes little room. */
export function createAxis(values: readonly number[], scale: Scale, wanted = 5): Axis {
  return scale === 'log' ? logAxis(values) : linearAxis(values, wanted)
}

function linearAxis(values: readonly number[], wanted: number): Axis {
  const [least, greatest] = extentOf(values) ?? [0, 1]
  const margin = least < greatest ? 0 : Math.abs(least) / 2 || 0.5
  const scale = scaleLinear([least - margin, greatest + margin], [0, 1]).nice(wanted)
  const [low = 0, high = 1] = scale.domain()
  return { low, high, ticks: scale.ticks(wanted), place: scale }
}

function logAxis(values: readonly number[]): Axis {
  const [least, greatest] = extentOf(values.filter((value) => value > 0)) ?? [1, 10]
  const [low, high] = least < greatest ? [least, greatest] : [least / 2, greatest * 2]
  const scale = scaleLog([low, high], [0, 1])
  return { low, high, ticks: marksWithin(scale.ticks(), [low, high]), place: scale }
}

/** Powers of ten; where there are fewer than two, other round numbers; without any, the ends. */
function marksWithin(ticks: readonly number[], ends: readonly number[]): readonly number[] {
  const powers = ticks.filter((tick) => leadOf(tick) === 1)
  const round = ticks.filter((tick) => [1, 2, 5].includes(leadOf(tick)))
  const even = scaleLinear(ends, [0, 1]).ticks(5)
  const marks = [powers, round, even, ends].find(({ length }) => length >= 2) ?? ends
  const every = Math.ceil(marks.length / mostMarks)
  return marks.filter((_, index) => index % every === 0)
}

/** E.g. 2 for 0.02: what stands before the power of ten. */
const leadOf = (tick: number): number => Number((tick / 10 ** Math.floor(Math.log10(tick) + 1e-9)).toFixed(9))

function extentOf(values: readonly number[]): [number, number] | null {
  if (values.length === 0) return null
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}
