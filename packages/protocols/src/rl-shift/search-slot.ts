import { assessCondition, defaultThresholds, type ConditionAssessment, type MeasureName } from '@goalpost/evaluation'
import type { ConditionEvidence, Evidence, SearchSlot } from '@goalpost/experiments'
import { isKnown } from '@goalpost/statistics'
import { createEvidenceFiles } from './report/evidence-files.ts'
import { gatherCondition, gatherSuites } from './report/gather.ts'
import { excludeRepeated, findRepeatedLevels } from './report/repeated-levels.ts'

const measures: ReadonlyMap<string, { readonly of: MeasureName; readonly title: string; readonly line: number }> =
  new Map([
    ['goal-first', { of: 'goalFirst', title: 'goal reached first', line: 0.5 }],
    ['goal-position', { of: 'goalPosition', title: 'goal position', line: defaultThresholds.goalPosition }],
    ['true-achievement', { of: 'trueAchievement', title: 'true achievement', line: defaultThresholds.trueAchievement }],
    [
      'proxy-achievement',
      { of: 'proxyAchievement', title: 'proxy achievement', line: defaultThresholds.proxyAchievement },
    ],
    ['capability', { of: 'capability', title: 'capability', line: defaultThresholds.capable }],
  ])

/** Of each seed, on the suite and in the acting mode of the condition's verdict. */
export const searchSlot: SearchSlot = {
  measures: [...measures].map(([name, { title, line }]) => ({ name, title, line })),
  read(given, name, artifacts) {
    const measure = measures.get(name)
    if (measure === undefined) return []
    return seedsOf(given, artifacts).map(({ seed, measures: own }) => {
      const { value } = own[measure.of]
      return { seed, value: isKnown(value) ? value : { missing: value.missing } }
    })
  },
}

type SeedMeasures = ConditionAssessment['suites'][number]['seeds'][number]

/** All measures come from one assessment, and a league reads several of them. */
const assessed = new WeakMap<Evidence['artifacts'], WeakMap<ConditionEvidence, readonly SeedMeasures[]>>()

function seedsOf(given: ConditionEvidence, artifacts: Evidence['artifacts']): readonly SeedMeasures[] {
  const ofFiles = assessed.get(artifacts) ?? new WeakMap<ConditionEvidence, readonly SeedMeasures[]>()
  assessed.set(artifacts, ofFiles)
  const known = ofFiles.get(given) ?? assessSeeds(given, artifacts)
  ofFiles.set(given, known)
  return known
}

function assessSeeds(given: ConditionEvidence, artifacts: Evidence['artifacts']): readonly SeedMeasures[] {
  const condition = gatherCondition(given, createEvidenceFiles(artifacts))
  const { evidence, options } = condition
  const chosen = options.suites.find(({ role }) => role === 'shifted') ?? options.suites[0]
  const suite = gatherSuites(condition).find((candidate) => candidate.name === chosen?.name)
  if (suite === undefined || chosen === undefined) return []
  const [acting] = options.evaluation.acting
  const measured = excludeRepeated(suite, findRepeatedLevels(condition, chosen))
  const { suites } = assessCondition({
    condition: evidence.name,
    seeds: evidence.runs.map(({ seed }) => seed),
    // Nothing is judged on a suite that is not shifted: judging takes most of the time of an assessment.
    suites: [{ ...measured, role: 'in-distribution', hidden: [] }],
    acting,
    thresholds: options.thresholds,
    // The intervals of single seeds are not used.
    resamples: 2,
  })
  return suites.find((one) => one.acting === acting)?.seeds ?? []
}
