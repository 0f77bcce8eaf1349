import { columnCount, type PolicyColumns } from './policy-columns.ts'
import { meansOf, sumColumns, type CellWeights, type PolicyMeans } from './policy-means.ts'

/**
 * The columns of one policy in fewer numbers for each cell, as most are flags or counts: several of these share one number, in
 * which their weighted sums cannot reach each other. Every sum is the same to the last bit.
 */
export type PackedColumns = PolicyColumns & {
  /** Null where more than `width` numbers would be needed. */
  readonly packed: { readonly values: Float64Array; readonly fields: readonly Field[] } | null
}

/** A column's part of a number: `Math.floor(number / unit) % size`; `size` is 0 for a column that fills it. */
type Field = { readonly column: number; readonly slot: number; readonly unit: number; readonly size: number }

/** Numbers for each cell, also where fewer are needed. */
const width = 6

export function packColumns(columns: PolicyColumns): PackedColumns {
  const fields = planFields(columns)
  if (fields === null) return { ...columns, packed: null }
  const cells = columns.levels * columns.episodes
  const values = new Float64Array(cells * width)
  for (const { column, slot, unit } of fields)
    for (let cell = 0; cell < cells; cell++)
      values[cell * width + slot] += unit * columns.values[cell * columnCount + column]
  return { ...columns, packed: { values, fields } }
}

/** Integers are exact in a double up to here. */
const mostExact = 2 ** 53

function planFields(columns: PolicyColumns): readonly Field[] | null {
  const fields: Field[] = []
  /** Numbers of several columns, with the unit of the next one. */
  const shared: { readonly slot: number; unit: number }[] = []
  let slots = 0
  for (let column = 0; column < columnCount; column++) {
    const size = sizeOf(columns, column)
    if (size === 1) continue
    const room = shared.find(({ unit }) => size !== null && unit * size <= mostExact)
    if (room === undefined || size === null) {
      const slot = slots++
      if (size !== null) shared.push({ slot, unit: size })
      fields.push({ column, slot, unit: 1, size: size ?? 0 })
      continue
    }
    fields.push({ column, slot: room.slot, unit: room.unit, size })
    room.unit *= size
  }
  return slots <= width ? fields : null
}

/** One more than the largest weighted sum of a column of whole numbers from 0 on; null for one of other or too large numbers. */
function sizeOf({ values, levels, episodes }: PolicyColumns, column: number): number | null {
  let largest = 0
  for (let at = column; at < values.length; at += columnCount) {
    const value = values[at]
    if (!Number.isSafeInteger(value) || value < 0) return null
    largest = Math.max(largest, value)
  }
  // The weights of all cells sum to their number.
  const size = largest * levels * episodes + 1
  return size <= mostExact ? size : null
}

/** As `weighPolicy`. */
export function weighPacked({ packed, ...columns }: PackedColumns, weights: CellWeights): PolicyMeans {
  if (packed === null) return meansOf(columns, weights, sumColumns(columns.values, weights))
  const numbers = sumNumbers(packed.values, weights)
  const sums = Array.from({ length: columnCount }, () => 0)
  for (const { column, slot, unit, size } of packed.fields) {
    const number = numbers[slot]
    sums[column] = size === 0 ? number : Math.floor(number / unit) % size
  }
  return meansOf(columns, weights, sums)
}

/** As `sumColumns`, and for the same reason with literal offsets. */
function sumNumbers(values: Float64Array, { cells, counts }: CellWeights): readonly number[] {
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  let sum4 = 0
  let sum5 = 0
  for (let i = 0; i < cells.length; i++) {
    const at = cells[i] * 6
    const weight = counts[i]
    sum0 += weight * values[at]
    sum1 += weight * values[at + 1]
    sum2 += weight * values[at + 2]
    sum3 += weight * values[at + 3]
    sum4 += weight * values[at + 4]
    sum5 += weight * values[at + 5]
  }
  return [sum0, sum1, sum2, sum3, sum4, sum5]
}
