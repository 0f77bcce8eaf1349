import type { TaskResult } from '@goalpost/contracts'
import { referenceNames, type ReferenceName } from '@goalpost/environments'
import {
  assessCondition,
  decodeOutcomes,
  decodeSuiteFacts,
  type ConditionAssessment,
  type OutcomeTable,
  type SuiteEvidence,
} from '@goalpost/evaluation'
import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { suiteWorld } from '../plan.ts'
import { replicates } from '../imported-policies.ts'
import type { RlShiftOptions, Suite } from '../spec.ts'
import { finalEvaluation, readArtifact, type Artifacts } from './read-evidence.ts'
import { findRepeatedLevels, type RepeatedLevels } from './repeated-levels.ts'

export { finalEvaluation, readArtifact, stepOf, type Artifacts } from './read-evidence.ts'

/** One condition, assessed from whatever runs are there. `assessment` is null until some suite can be measured. */
export type AssessedCondition = {
  readonly evidence: ConditionEvidence
  readonly options: RlShiftOptions
  readonly assessment: ConditionAssessment | null
  /** Of the suites for which it is known. */
  readonly repeated: readonly RepeatedLevels[]
}

export function assess(given: ConditionEvidence, artifacts: Artifacts): AssessedCondition {
  const options = given.options as unknown as RlShiftOptions
  const evidence = { ...given, runs: replicates(given.runs, options.policy) }
  const repeated = options.suites.flatMap((suite) => findRepeatedLevels(evidence, suite, artifacts))
  const suites = gatherSuites({ evidence, options }, artifacts).map((suite) => excludeRepeated(suite, repeated))
  const assessment =
    suites.length === 0
      ? null
      : assessCondition({
          condition: evidence.name,
          seeds: evidence.runs.map(({ seed }) => seed),
          suites,
          acting: options.evaluation.acting[0],
          thresholds: options.thresholds,
        })
  return { evidence, options, assessment, repeated }
}

function excludeRepeated(suite: SuiteEvidence, repeated: readonly RepeatedLevels[]): SuiteEvidence {
  const levels = repeated.find((candidate) => candidate.suite === suite.name)
  return levels?.leftOut === true ? { ...suite, excluded: levels.any } : suite
}

/** The suites of a condition that can be measured already. */
export function gatherSuites(
  { evidence, options }: Pick<AssessedCondition, 'evidence' | 'options'>,
  artifacts: Artifacts,
): SuiteEvidence[] {
  return options.suites.flatMap((suite) => gatherSuite(evidence, options, { suite, artifacts }))
}

/** A suite counts once its reference policies and at least one seed have been played. */
function gatherSuite(
  evidence: ConditionEvidence,
  options: RlShiftOptions,
  { suite, artifacts }: { suite: Suite; artifacts: Artifacts },
): SuiteEvidence[] {
  const anchors = evidence.runs
    .map((run) => resultOf(run, `references@${suite.name}`))
    .find((result) => result !== null)
  const facts = readArtifact(anchors, artifactNames.facts, artifacts)
  if (facts === null) return []
  const references = Object.fromEntries(
    referenceNames.flatMap((name): [ReferenceName, OutcomeTable][] => {
      const bytes = readArtifact(anchors, artifactNames.reference(name), artifacts)
      return bytes === null ? [] : [[name, decodeOutcomes(bytes)]]
    }),
  )
  const outcomes = Object.fromEntries(
    options.evaluation.acting.map((acting) => [
      acting,
      evidence.runs.map((run) => {
        const bytes = readArtifact(finalEvaluation(run), artifactNames.outcomes(suite.name, acting), artifacts)
        return bytes === null ? null : decodeOutcomes(bytes)
      }),
    ]),
  )
  if (!Object.values(outcomes).some((tables) => tables.some((table) => table !== null))) return []
  const world = suiteWorld(options, suite)
  const { measures } = environmentOf(world.environment).measures(world.parameters)
  return [{ name: suite.name, role: suite.role, facts: decodeSuiteFacts(facts), references, outcomes, measures }]
}

function resultOf(run: RunEvidence, key: string): TaskResult | null {
  return run.tasks.find((task) => task.key === key)?.result ?? null
}
