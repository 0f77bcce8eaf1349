export type Axis = {
  readonly low: number
  readonly high: number
  /** Where a value stands between low (0) and high (1). */
  place(value: number): number
  /** The value at a share of the way. */
  at(share: number): number
}

export function createAxis(values: readonly number[], scale: 'linear' | 'log'): Axis {
  const least = Math.min(...values)
  const greatest = Math.max(...values)
  const [low, high] = least < greatest ? [least, greatest] : widen(least, scale)
  if (scale === 'linear')
    return { low, high, place: (value) => (value - low) / (high - low), at: (share) => low + share * (high - low) }
  const span = Math.log(high / low)
  return { low, high, place: (value) => Math.log(value / low) / span, at: (share) => low * Math.exp(share * span) }
}

/** A single value gets a range about it. */
function widen(value: number, scale: 'linear' | 'log'): [number, number] {
  if (scale === 'log') return [value / 2, value * 2]
  const margin = Math.abs(value) / 2 || 0.5
  return [value - margin, value + margin]
}

/** Gives each label a row of its own, as near to its wish as the others allow; earlier ones choose first. */
export function placeLabels(height: number, wishes: readonly { row: number; text: string }[]): (string | undefined)[] {
  const rows = Array.from<string | undefined>({ length: height })
  for (const { row, text } of wishes) {
    const free = Array.from({ length: height }, (_, index) => index).filter((index) => rows[index] === undefined)
    const nearest = free.toSorted((a, b) => Math.abs(a - row) - Math.abs(b - row))[0]
    if (nearest !== undefined) rows[nearest] = text
  }
  return rows
}
