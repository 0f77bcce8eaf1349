import type { SuiteFacts } from '../suites/suite.ts'
import { countSolvable } from '../suites/suite.ts'
import type { SuiteEvidence } from './condition-assessment.ts'

/** A suite with some levels left out of measures, like the unsolvable ones. */
export type ReducedSuite = SuiteEvidence & {
  /** Solvable levels that are left out. */
  readonly leftOut: number
}

/** Takes the excluded levels out of every measure; nothing else does. */
export function leaveOut(evidence: SuiteEvidence): ReducedSuite {
  const { facts, excluded } = evidence
  if (excluded === undefined) return { ...evidence, leftOut: 0 }
  if (excluded.length !== facts.levels)
    throw new RangeError(`${excluded.length} marks do not belong to a suite of ${facts.levels} levels`)
  const solvable = facts.solvable.map((flag, level) => (excluded[level] === 1 ? 0 : flag))
  const reduced: SuiteFacts = { ...facts, solvable }
  return { ...evidence, facts: reduced, leftOut: countSolvable(facts) - countSolvable(reduced) }
}
