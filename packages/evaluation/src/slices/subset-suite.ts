import { createOutcomeTable, type GoalOutcomes, type OutcomeTable } from '../episodes/outcome-table.ts'
import { mapGoals } from '@goalpost/environments'
import type { SuiteFacts } from '../suites/suite.ts'

/** The facts about some levels of a suite; the hash stays that of the whole suite. */
export function subsetFacts(facts: SuiteFacts, levels: readonly number[]): SuiteFacts {
  const pick = (column: Float64Array) => Float64Array.from(levels, (level) => column[level])
  return {
    hash: facts.hash,
    levels: levels.length,
    solvable: Uint8Array.from(levels, (level) => facts.solvable[level]),
    optimalReturns: [pick(facts.optimalReturns[0]), pick(facts.optimalReturns[1])],
  }
}

/** The episodes on some levels of a suite, in the order of `levels`. */
export function subsetOutcomes(table: OutcomeTable, levels: readonly number[]): OutcomeTable {
  const { episodes, counterNames } = table
  const goalNames = mapGoals(table.goals, ({ name }) => name)
  const subset = createOutcomeTable({ levels: levels.length, episodes, goalNames, counterNames })
  const copy = <Column extends Float32Array | Uint32Array | Uint8Array | Int32Array>(
    from: Column,
    to: Column,
    width = 1,
  ) => {
    const size = episodes * width
    // Mostly one episode of a level: no view of each.
    levels.forEach((level, index) => {
      for (let cell = 0; cell < size; cell++) to[index * size + cell] = from[level * size + cell]
    })
  }
  for (const name of ['lengths', 'terminated', 'truncated'] as const)
    copy<Uint8Array | Uint32Array>(table[name], subset[name])
  copy(table.counters, subset.counters, counterNames.length)
  const goals = mapGoals(subset.goals, (goal, index): GoalOutcomes => {
    const whole = table.goals[index]
    copy(whole.returns, goal.returns)
    copy(whole.reached, goal.reached)
    if (whole.firstSteps === null || goal.firstSteps === null) return { ...goal, firstSteps: null }
    copy(whole.firstSteps, goal.firstSteps)
    return goal
  })
  return { ...subset, goals }
}
