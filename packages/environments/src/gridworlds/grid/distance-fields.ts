import { fillDistances } from './distances.ts'
import { sideOf, type GridLevel } from './grid.ts'

/** The field of distances [(size + 2)²] to a cell, for one level; cached. */
export type DistanceFields = (target: number) => Int16Array

/** Fields are made on first use: oracles use a few targets repeatedly. */
export function createDistanceFields(level: GridLevel): DistanceFields {
  const fields = new Map<number, Int16Array>()
  return (target) => {
    const known = fields.get(target)
    if (known !== undefined) return known
    const field = new Int16Array(sideOf(level.size) ** 2)
    fillDistances(level, target, -1, field)
    fields.set(target, field)
    return field
  }
}
