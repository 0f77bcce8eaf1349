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

/** Powers of ten beyond this many are thinned out. */
const maxPowers = 7

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
  return { low, high, ticks: powersWithin(scale.ticks(), [low, high]), place: scale }
}

/** With fewer than two powers of ten, the ends are marked. */
function powersWithin(ticks: readonly number[], ends: readonly number[]): readonly number[] {
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))))
  const every = Math.ceil(powers.length / maxPowers)
  return powers.length < 2 ? ends : powers.filter((_, index) => index % every === 0)
}

function extentOf(values: readonly number[]): [number, number] | null {
  if (values.length === 0) return null
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}
