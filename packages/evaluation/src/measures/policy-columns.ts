import type { OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'

/** Numbers kept of every episode, in this order. */
export const columnCount = 6
export const column = { trueReturn: 0, proxyReturn: 1, reach: 2, succeeded: 3, proxyReached: 4, length: 5 } as const

/** What is measured on: the solvable levels of a suite, in order. */
export type MeasuredLevels = {
  /** Indices into the suite. */
  readonly indices: Int32Array
  /** [solvable levels] 1 where both goals can be had: the levels that capability is measured on. */
  readonly contested: Uint8Array
  readonly contestedCount: number
}

/** One policy's episodes on the solvable levels: [levels × episodes × columnCount]. */
export type PolicyColumns = {
  readonly levels: number
  readonly episodes: number
  readonly values: Float64Array
}

export function selectMeasuredLevels(facts: SuiteFacts): MeasuredLevels {
  const indices = Int32Array.from({ length: facts.levels }, (_, level) => level).filter(
    (level) => facts.solvable[level] === 1,
  )
  const contested = Uint8Array.from(indices, (level) => (isContested(facts, level) ? 1 : 0))
  return { indices, contested, contestedCount: contested.reduce((sum, flag) => sum + flag, 0) }
}

function isContested(facts: SuiteFacts, level: number): boolean {
  return facts.optimalReturns[level] > 0 && facts.optimalProxyReturns[level] > 0
}

/**
 * Lays out what the measures are made of. `reach` is max(J / J_true-oracle, P / P_proxy-oracle) of the episode against the
 * solver's optima of its level, on contested levels; elsewhere 0, and left out by the weights.
 */
export function tabulatePolicy(table: OutcomeTable, facts: SuiteFacts, measured: MeasuredLevels): PolicyColumns {
  if (table.levels !== facts.levels)
    throw new RangeError(`A table of ${table.levels} levels does not belong to a suite of ${facts.levels} levels`)
  const { episodes } = table
  const levels = measured.indices.length
  const values = new Float64Array(levels * episodes * columnCount)
  let at = 0
  for (let index = 0; index < levels; index++) {
    const level = measured.indices[index]
    for (let cell = level * episodes; cell < (level + 1) * episodes; cell++, at += columnCount) {
      const trueReturn = table.trueReturns[cell]
      const proxyReturn = table.proxyReturns[cell]
      values[at + column.trueReturn] = trueReturn
      values[at + column.proxyReturn] = proxyReturn
      if (measured.contested[index] === 1)
        values[at + column.reach] = Math.max(
          trueReturn / facts.optimalReturns[level],
          proxyReturn / facts.optimalProxyReturns[level],
        )
      values[at + column.succeeded] = table.succeeded[cell]
      values[at + column.proxyReached] = table.proxyReached[cell]
      values[at + column.length] = table.lengths[cell]
    }
  }
  return { levels, episodes, values }
}
