import { storedOptions } from '../stored-options.ts'
import type { TaskResult } from '@goalpost/contracts'
import type { VisibleObject } from '@goalpost/environments'
import {
  anchorNamesOf,
  type AnchorName,
  type ConditionAssessment,
  type HiddenEvidence,
  type OutcomeTable,
  type SuiteEvidence,
} from '@goalpost/evaluation'
import type { ConditionEvidence, RunEvidence } from '@goalpost/experiments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { hideableObjects } from '../hidden-plays.ts'
import { replicates } from '../subjects/imported/imported-policies.ts'
import type { RlShiftOptions } from '../spec.ts'
import { currentThresholds } from '../thresholds.ts'
import type { EvidenceFiles } from './evidence-files.ts'
import { finalEvaluation } from './read-evidence.ts'
import type { RepeatedLevels } from './repeated-levels.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

export { finalEvaluation } from './read-evidence.ts'

/** One condition with the files of its runs. */
export type GatheredCondition = {
  readonly evidence: ConditionEvidence
  readonly options: RlShiftOptions
  /** Of all conditions of the report; decoded on first use. */
  readonly files: EvidenceFiles
}

/** One condition, assessed from the runs available so far. `assessment` is null until some suite can be measured. */
export type AssessedCondition = GatheredCondition & {
  readonly assessment: ConditionAssessment | null
  /** Suites that can be measured already, with all their levels. */
  readonly suites: readonly SuiteEvidence[]
  /** Only suites for which this is known. */
  readonly repeated: readonly RepeatedLevels[]
}

export function gatherCondition(given: ConditionEvidence, files: EvidenceFiles): GatheredCondition {
  const stored = storedOptions(given.options)
  const options = { ...stored, thresholds: currentThresholds(stored.thresholds) }
  return { evidence: { ...given, runs: replicates(given.runs, options.policy) }, options, files }
}

/** The suites of a condition that can be measured already. */
export function gatherSuites(condition: GatheredCondition): SuiteEvidence[] {
  return condition.options.suites.flatMap((suite) => gatherSuite(condition, suite))
}

/** A suite counts once its reference policies and at least one seed have been played. */
function gatherSuite({ evidence, options, files }: GatheredCondition, suite: Suite): SuiteEvidence[] {
  const references = referencesOf(evidence, suite.name)
  const facts = files.facts(references, artifactNames.facts)
  if (facts === null) return []
  const referenceOutcomes = Object.fromEntries(
    anchorNamesOf(environmentOf(options.environment).goals).flatMap((name): [AnchorName, OutcomeTable][] => {
      const table = files.outcomes(references, artifactNames.reference(name))
      return table === null ? [] : [[name, table]]
    }),
  )
  const outcomes = Object.fromEntries(
    options.evaluation.acting.map((acting) => [
      acting,
      evidence.runs.map((run) => files.outcomes(finalEvaluation(run), artifactNames.outcomes(suite.name, acting))),
    ]),
  )
  if (!Object.values(outcomes).some((tables) => tables.some((table) => table !== null))) return []
  const world = suiteWorld(options, suite)
  const hidden = gatherHidden(evidence, {
    objects: hideableObjects(options, suite, world),
    suite,
    files,
    acting: options.evaluation.acting[0],
  })
  const environment = environmentOf(world.environment)
  const { measures } = environment.measures(world.parameters)
  const { judging, goals } = environment
  const common = {
    name: suite.name,
    role: suite.role,
    facts,
    references: referenceOutcomes,
    outcomes,
    goals,
    measures,
  }
  return [{ ...common, hidden, ...(judging === undefined ? {} : { judging }) }]
}

type HiddenArtifacts = {
  readonly objects: readonly VisibleObject[]
  readonly suite: Suite
  readonly acting: string
  readonly files: EvidenceFiles
}

/** Objects hidden in some run; none in experiments older than this feature. */
function gatherHidden(
  { runs }: ConditionEvidence,
  { objects, suite, acting, files }: HiddenArtifacts,
): HiddenEvidence[] {
  return objects
    .map(({ name, tells }) => ({
      object: name,
      tells,
      outcomes: runs.map((run) =>
        files.outcomes(finalEvaluation(run), artifactNames.hiddenOutcomes(suite.name, acting, name)),
      ),
    }))
    .filter(({ outcomes }) => outcomes.some((table) => table !== null))
}

/** Results of the reference policies on a suite, from the first run that has them. */
export function referencesOf({ runs }: ConditionEvidence, suite: string): TaskResult | null {
  return runs.map((run) => resultOf(run, `references@${suite}`)).find((result) => result !== null) ?? null
}

function resultOf(run: RunEvidence, key: string): TaskResult | null {
  return run.tasks.find((task) => task.key === key)?.result ?? null
}
