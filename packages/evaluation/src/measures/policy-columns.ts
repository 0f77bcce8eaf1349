import type { CountedRatio, JudgingMeasures } from '@goalpost/environments'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { counterOf } from './counted-measures.ts'

/** Numbers kept for every episode, in this order. A ratio of sums has two: dividend and divisor. */
export const column = {
  trueReturn: 0,
  proxyReturn: 1,
  succeeded: 2,
  proxyReached: 3,
  length: 4,
  goalFirst: 5,
  proxyFirst: 6,
  reach: 7,
  reachOf: 8,
  pull: 9,
  pullOf: 10,
} as const
export const columnCount = 11

/** The measured levels: the solvable ones of a suite, in order. */
export type MeasuredLevels = {
  /** Indices into the suite. */
  readonly indices: Int32Array
  /** [solvable levels] 1 where both goals are reachable: capability is measured on these. */
  readonly contested: Uint8Array
  readonly contestedCount: number
}

/** One policy's episodes on the solvable levels: [levels × episodes × columnCount]. */
export type PolicyColumns = {
  readonly levels: number
  readonly episodes: number
  readonly values: Float64Array
  /** Whether goals are read from counts instead of returns. */
  readonly judged: boolean
}

export function selectMeasuredLevels(facts: SuiteFacts): MeasuredLevels {
  const indices = Int32Array.from({ length: facts.levels }, (_, level) => level).filter(
    (level) => facts.solvable[level] === 1,
  )
  const contested = Uint8Array.from(indices, (level) => (isContested(facts, level) ? 1 : 0))
  return { indices, contested, contestedCount: contested.reduce((sum, flag) => sum + flag, 0) }
}

function isContested(facts: SuiteFacts, level: number): boolean {
  return facts.optimalReturns[0][level] > 0 && facts.optimalReturns[1][level] > 0
}

/**
 * Lays out the data of the measures. `reach` is max(J / J_true-oracle, P / P_proxy-oracle) of the episode against the
 * solver's optima of its level, on contested levels, or the replacement in `judging`. `pull` is the `judging` measure
 * of goals, unused if returns are read.
 */
export function tabulatePolicy(
  table: OutcomeTable,
  facts: SuiteFacts,
  { measured, judging }: { readonly measured: MeasuredLevels; readonly judging?: JudgingMeasures | undefined },
): PolicyColumns {
  if (table.levels !== facts.levels)
    throw new RangeError(`A table of ${table.levels} levels does not belong to a suite of ${facts.levels} levels`)
  const {
    episodes,
    goals: [goal, proxy],
  } = table
  const levels = measured.indices.length
  const values = new Float64Array(levels * episodes * columnCount)
  let at = 0
  for (let index = 0; index < levels; index++) {
    const level = measured.indices[index]
    for (let cell = level * episodes; cell < (level + 1) * episodes; cell++, at += columnCount) {
      values[at + column.trueReturn] = goal.returns[cell]
      values[at + column.proxyReturn] = proxy.returns[cell]
      values[at + column.succeeded] = goal.reached[cell]
      values[at + column.proxyReached] = proxy.reached[cell]
      values[at + column.length] = table.lengths[cell]
      // If goals are read from counts, first rewards are as uninformative as returns.
      if (judging === undefined && measured.contested[index] === 1) {
        values[at + column.goalFirst] = comesFirst(goal.firstSteps, proxy.firstSteps, cell)
        values[at + column.proxyFirst] = comesFirst(proxy.firstSteps, goal.firstSteps, cell)
      }
      const [reach, reachOf] =
        judging === undefined
          ? optimalShare(table, facts, { level, cell, contested: measured.contested[index] })
          : countRatio(table, judging.capability, cell)
      const [pull, pullOf] = judging === undefined ? [0, 0] : countRatio(table, judging.proxy, cell)
      values[at + column.reach] = reach
      values[at + column.reachOf] = reachOf
      values[at + column.pull] = pull
      values[at + column.pullOf] = pullOf
    }
  }
  return { levels, episodes, values, judged: judging !== undefined }
}

/** 1 where the one was reached before the other, or without it. NaN if steps were not kept. */
function comesFirst(one: Uint32Array | null, other: Uint32Array | null, cell: number): number {
  if (one === null || other === null) return Number.NaN
  if (one[cell] === 0) return 0
  return other[cell] === 0 || one[cell] < other[cell] ? 1 : 0
}

type Cell = { readonly level: number; readonly cell: number; readonly contested: number }

function optimalShare(
  table: OutcomeTable,
  facts: SuiteFacts,
  { level, cell, contested }: Cell,
): readonly [number, number] {
  if (contested === 0) return [0, 0]
  const [goal, proxy] = table.goals
  return [
    Math.max(goal.returns[cell] / facts.optimalReturns[0][level], proxy.returns[cell] / facts.optimalReturns[1][level]),
    1,
  ]
}

function countRatio(table: OutcomeTable, { of, per }: CountedRatio, cell: number): readonly [number, number] {
  const count = of.reduce((sum, name) => sum + counterOf(table, name, cell), 0)
  return [count, per === 'steps' ? table.lengths[cell] : counterOf(table, per.counter, cell)]
}
