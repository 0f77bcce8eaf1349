import { createOutcomeTable, type OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'

/** The facts about some levels of a suite; the hash stays that of the whole suite. */
export function subsetFacts(facts: SuiteFacts, levels: readonly number[]): SuiteFacts {
  const pick = (column: Float64Array) => Float64Array.from(levels, (level) => column[level])
  return {
    hash: facts.hash,
    levels: levels.length,
    solvable: Uint8Array.from(levels, (level) => facts.solvable[level]),
    optimalReturns: pick(facts.optimalReturns),
    optimalProxyReturns: pick(facts.optimalProxyReturns),
    optimalEitherReturns: pick(facts.optimalEitherReturns),
  }
}

/** The episodes on some levels of a suite, in the order of `levels`. */
export function subsetOutcomes(table: OutcomeTable, levels: readonly number[]): OutcomeTable {
  const { episodes, counterNames } = table
  const empty = createOutcomeTable(levels.length, episodes, counterNames)
  const timed = table.goalSteps !== null && table.proxySteps !== null
  const subset = timed ? empty : { ...empty, goalSteps: null, proxySteps: null }
  const copy = <Column extends Float32Array | Uint32Array | Uint8Array | Int32Array>(
    from: Column | null,
    to: Column | null,
    width = 1,
  ) => {
    if (from === null || to === null) return
    const size = episodes * width
    levels.forEach((level, index) => to.set(from.subarray(level * size, (level + 1) * size), index * size))
  }
  copy(table.trueReturns, subset.trueReturns)
  copy(table.proxyReturns, subset.proxyReturns)
  copy(table.lengths, subset.lengths)
  copy(table.succeeded, subset.succeeded)
  copy(table.proxyReached, subset.proxyReached)
  copy(table.goalSteps, subset.goalSteps)
  copy(table.proxySteps, subset.proxySteps)
  copy(table.terminated, subset.terminated)
  copy(table.truncated, subset.truncated)
  copy(table.counters, subset.counters, counterNames.length)
  return subset
}
