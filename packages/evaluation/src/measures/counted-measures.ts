import type { EpisodeMeasure } from '@goalpost/environments'
import type { Quantity } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import type { MeasuredLevels } from './policy-columns.ts'
import type { CellWeights } from './policy-means.ts'

/** An environment's own measures of one policy's episodes on the solvable levels. */
export type CountedColumns = {
  readonly episodes: number
  readonly measures: readonly EpisodeMeasure[]
  /** [levels × episodes × measures × 2] dividend and divisor: every measure is the quotient of their sums. */
  readonly values: Float64Array
}

/** Throws a RangeError if the table lacks a counter: it was not played with these measures. */
export function tabulateCounted(
  table: OutcomeTable,
  measures: readonly EpisodeMeasure[],
  { indices }: Pick<MeasuredLevels, 'indices'>,
): CountedColumns {
  const { episodes } = table
  const values = new Float64Array(indices.length * episodes * measures.length * 2)
  let at = 0
  for (const level of indices)
    for (let cell = level * episodes; cell < (level + 1) * episodes; cell++)
      for (const { counter, per } of measures) {
        const counted = counterOf(table, counter, cell)
        values[at++] = per === 'step' ? counted / table.lengths[cell] : counted
        values[at++] = typeof per === 'string' ? 1 : counterOf(table, per.counter, cell)
      }
  return { episodes, measures, values }
}

/** Throws a RangeError if the episodes did not count it. */
export function counterOf({ counterNames, counters }: OutcomeTable, name: string, cell: number): number {
  const index = counterNames.indexOf(name)
  if (index < 0) throw new RangeError(`These episodes did not count ${name}`)
  return counters[cell * counterNames.length + index]
}

/** By measure: the weighted sum of dividends over that of divisors. */
export function weighCounted({ measures, values }: CountedColumns, { cells, counts }: CellWeights): Quantity[] {
  if (measures.length === 0) return []
  const width = measures.length * 2
  const sums = new Float64Array(width)
  for (let i = 0; i < cells.length; i++) {
    const at = cells[i] * width
    for (let column = 0; column < width; column++) sums[column] += counts[i] * values[at + column]
  }
  return measures.map(({ per }, index) => {
    if (sums[2 * index + 1] > 0) return sums[2 * index] / sums[2 * index + 1]
    return { missing: typeof per === 'string' ? 'no episode was played' : `nothing counted as ${per.counter}` }
  })
}
