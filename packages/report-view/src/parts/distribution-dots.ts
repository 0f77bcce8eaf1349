import { isMissing, type DistributionPart, type Tone } from '@goalpost/contracts'
import type { Axis } from '../axis.ts'

type Group = DistributionPart['groups'][number]
type Dot = { readonly name: string; readonly value: number; readonly tone: Tone }

export const radius = 4.5
/** Width of a strip on the narrowest screen: dots that do not touch there never touch. */
const narrowest = 300

export function dotsOf({ values }: Group): Dot[] {
  return values.flatMap(({ name, value, tone = 'neutral' }) => (isMissing(value) ? [] : [{ name, value, tone }]))
}

export function missingNotes(groups: readonly Group[]): string[] {
  return groups.flatMap(({ name, values }) => {
    const missing = values.filter(({ value }) => isMissing(value)).length
    return missing === 0 ? [] : [`${name}: ${missing} of ${values.length} without a value.`]
  })
}

/** The level of each dot in a pile of dots that would touch. */
export function pile(dots: readonly Dot[], axis: Axis): { dot: Dot; level: number }[] {
  const placed: { dot: Dot; x: number; level: number }[] = []
  for (const dot of dots.toSorted((a, b) => a.value - b.value)) {
    const x = axis.place(dot.value) * narrowest
    const near = new Set(placed.filter((other) => Math.abs(other.x - x) < 2 * radius).map(({ level }) => level))
    let level = 0
    while (near.has(level)) level++
    placed.push({ dot, x, level })
  }
  return placed
}
