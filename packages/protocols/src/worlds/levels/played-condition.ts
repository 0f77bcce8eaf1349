import type { TaskResult } from '@goalpost/contracts'
import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import type { Suite } from '../suites/suite-options.ts'
import type { SuiteWorld } from '../suites/world-inputs.ts'

/** What a protocol over environments says of one condition of an experiment, for tools that show its levels. */
export type PlayedCondition = {
  readonly suites: readonly Suite[]
  world(suite: Suite): SuiteWorld
  /** How its policies chose their actions; the first one is the usual one. */
  readonly acting: readonly string[]
  /** The runs that say something of their own. */
  readonly runs: readonly RunEvidence[]
}

/** An evaluation of a policy that was trained for so many steps. */
export type PlayedEvaluation = { readonly step: number; readonly result: TaskResult | null }

/** How a protocol reads what one of its experiments has left. */
export type ReadPlayed = {
  condition(evidence: ConditionEvidence): PlayedCondition
  /** Of one run, in the order of their steps. */
  evaluations(run: RunEvidence): readonly PlayedEvaluation[]
}
