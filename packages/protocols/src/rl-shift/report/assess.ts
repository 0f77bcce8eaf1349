import { assessCondition, defaultThresholds, type OutcomeTable, type SuiteEvidence } from '@goalpost/evaluation'
import type { ConditionEvidence } from '@goalpost/experiments'
import { gatherCondition, gatherSuites, type AssessedCondition, type GatheredCondition } from './gather.ts'
import { placesOf, regionsOf } from './goal-places.ts'
import { inferGoals, otherGoals, type InferredGoals } from './inferred-goals.ts'
import { createEvidenceFiles } from './evidence-files.ts'
import { excludeRepeated, findRepeatedLevels } from './repeated-levels.ts'

export type Assessment = {
  readonly conditions: readonly AssessedCondition[]
  /** As agents or as devices, by condition and suite. */
  readonly inferred: readonly InferredGoals[]
}

/** Assesses all conditions of a report from the results available so far. */
export function assess(given: readonly ConditionEvidence[], artifacts: ReadonlyMap<string, Uint8Array>): Assessment {
  const files = createEvidenceFiles(artifacts)
  const gathered = given.map((condition) => gatherCondition(condition, files))
  const played = gathered.map((condition): PlayedCondition => ({ ...condition, suites: gatherSuites(condition) }))
  const inferred = inferGoals(gathered)
  const conditions = played.map((condition) => assessPlayed(condition, { all: played, inferred }))
  return { conditions, inferred }
}

type PlayedCondition = GatheredCondition & Pick<AssessedCondition, 'suites'>

type Context = {
  readonly all: readonly PlayedCondition[]
  readonly inferred: readonly InferredGoals[]
}

function assessPlayed(condition: PlayedCondition, context: Context): AssessedCondition {
  const { evidence, options } = condition
  const repeated = options.suites.flatMap((suite) => findRepeatedLevels(condition, suite))
  const suites = condition.suites.map((suite) => ({
    ...excludeRepeated(suite, repeated),
    ...regionsIn(condition, suite),
    ...otherGoalsIn(condition, suite, context),
    ...controlOf(condition, suite, context),
  }))
  const assessment =
    suites.length === 0
      ? null
      : assessCondition({
          condition: evidence.name,
          seeds: evidence.runs.map(({ seed }) => seed),
          suites,
          acting: options.evaluation.acting[0],
          thresholds: options.thresholds,
          memo: condition.files.memo,
        })
  return { ...condition, assessment, repeated }
}

function regionsIn(
  { options }: GatheredCondition,
  { name, role, facts }: SuiteEvidence,
): Pick<SuiteEvidence, 'regions'> {
  const suite = options.suites.find((candidate) => candidate.name === name)
  if (role !== 'shifted' || suite === undefined) return {}
  const places = placesOf(options, suite, facts.hash)
  return places === null ? {} : { regions: regionsOf(places) }
}

function otherGoalsIn(
  { evidence, options }: GatheredCondition,
  { name }: SuiteEvidence,
  { inferred }: Context,
): Pick<SuiteEvidence, 'otherGoals'> {
  const suite = options.suites.find((candidate) => candidate.name === name)
  const found = inferred.find((one) => one.condition === evidence.name && one.suite === name)
  if (suite === undefined || found === undefined) return {}
  const probability = options.thresholds.otherGoal ?? defaultThresholds.otherGoal
  const bySeed = otherGoals(found, { options, suite, probability })
  return { otherGoals: evidence.runs.map(({ seed }) => bySeed.get(seed) ?? null) }
}

/** Outcomes of the control's policies on the same levels, for environments whose verdicts are based on counts. */
function controlOf(
  { evidence, options }: GatheredCondition,
  { facts, judging }: SuiteEvidence,
  { all }: Context,
): Pick<SuiteEvidence, 'control'> {
  const name = options.analysis?.control
  if (judging === undefined || name === undefined) return {}
  const control = all.find((other) => other.evidence.name === name || other.evidence.name.endsWith(`: ${name}`))
  if (control === undefined || control.evidence.name === evidence.name) return {}
  const played = control.suites.find((suite) => suite.facts.hash === facts.hash)
  const tables = played?.outcomes[options.evaluation.acting[0]] ?? []
  const present = tables.filter((table): table is OutcomeTable => table !== null)
  return present.length === 0 ? {} : { control: present }
}
