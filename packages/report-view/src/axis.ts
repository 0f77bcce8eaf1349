/** A place on paper for every value, and the values to mark. */
export type Axis = {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Where a value stands between low (0) and high (1). */
  place(value: number): number
}

export type Scale = 'linear' | 'log'

/** Holds all values, and ends at marks where that costs little room. */
export function createAxis(values: readonly number[], scale: Scale, wanted = 5): Axis {
  const [least, greatest] = rangeOf(values, scale)
  return scale === 'log' ? logAxis(least, greatest) : linearAxis(least, greatest, wanted)
}

function rangeOf(values: readonly number[], scale: Scale): [number, number] {
  const shown = scale === 'log' ? values.filter((value) => value > 0) : values
  if (shown.length === 0) return scale === 'log' ? [1, 10] : [0, 1]
  const least = shown.reduce((a, b) => Math.min(a, b))
  const greatest = shown.reduce((a, b) => Math.max(a, b))
  if (least < greatest) return [least, greatest]
  if (scale === 'log') return [least / 2, least * 2]
  const margin = Math.abs(least) / 2 || 0.5
  return [least - margin, least + margin]
}

function linearAxis(least: number, greatest: number, wanted: number): Axis {
  const step = niceStep((greatest - least) / wanted)
  // A hair's breadth: rounding must not cost a mark at the very end.
  const first = Math.floor(least / step + 1e-9)
  const last = Math.ceil(greatest / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
  const low = ticks[0] ?? least
  const high = ticks.at(-1) ?? greatest
  return { low, high, ticks, place: (value) => (value - low) / (high - low) }
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10
  return factor * power
}

function logAxis(low: number, high: number): Axis {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index))
  const every = Math.ceil(powers.length / 7)
  const ticks = powers.length < 2 ? [low, high] : powers.filter((_, index) => index % every === 0)
  const span = Math.log(high / low)
  return { low, high, ticks, place: (value) => Math.log(value / low) / span }
}
