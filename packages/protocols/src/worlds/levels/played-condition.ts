import type { TaskResult } from '@goalpost/contracts'
import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import type { Suite } from '../suites/suite-options.ts'
import type { SuiteWorld } from '../suites/world-inputs.ts'

/** One condition of an experiment, from a protocol over environments, for tools that show its levels. */
export type PlayedCondition = {
  readonly suites: readonly Suite[]
  world(suite: Suite): SuiteWorld
  /** Acting modes of its policies; the first is the default. */
  readonly acting: readonly string[]
  /** The independent runs. */
  readonly runs: readonly RunEvidence[]
}

/** An evaluation of a policy after this many training steps. */
export type PlayedEvaluation = { readonly step: number; readonly result: TaskResult | null }

/** How a protocol reads the results of its experiments. */
export type ReadPlayed = {
  condition(evidence: ConditionEvidence): PlayedCondition
  /** For one run, in order of steps. */
  evaluations(run: RunEvidence): readonly PlayedEvaluation[]
}
