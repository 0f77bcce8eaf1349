import type { JsonValue } from '@goalpost/contracts'
import type { Coordinate } from './grid.ts'

export type Combination = {
  readonly coordinates: readonly Coordinate[]
  readonly name: string
  /** All values, where the name is too short for them. */
  readonly description?: string
}

export const longestName = 80
const longestDescription = 500
/** Longer values are numbered in short names. */
const longestValue = 12

/**
 * `size=5,wind=0.1`. If one name would be too long, all are shortened in the same way: long values become their
 * number on the axis, `size=5,world=#2`; if that is not enough, all do, `#1,#2`.
 */
export function nameAll(combinations: readonly (readonly Coordinate[])[]): Combination[] {
  const full = combinations.map((coordinates) => join(coordinates, (value) => show(value)))
  if (full.every((name) => name.length <= longestName))
    return combinations.map((coordinates, index) => ({ coordinates, name: full[index] ?? '' }))
  const numbered = combinations.map((coordinates) =>
    join(coordinates, (value, number) => (show(value).length <= longestValue ? show(value) : number)),
  )
  const fits = numbered.every((name) => name.length <= longestName)
  return combinations.map((coordinates, index) => ({
    coordinates,
    name: (fits ? numbered[index] : coordinates.map(numberOf).join(',')) ?? '',
    description: (full[index] ?? '').slice(0, longestDescription),
  }))
}

function join(coordinates: readonly Coordinate[], text: (value: JsonValue, number: string) => string): string {
  return coordinates
    .map((coordinate) => `${coordinate.axis.label}=${text(coordinate.value, numberOf(coordinate))}`)
    .join(',')
}

/** The same for equal values, so that names that are given twice are still found. */
function numberOf({ axis, value }: Coordinate): string {
  return `#${axis.values.findIndex((other) => show(other) === show(value)) + 1}`
}

function show(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
