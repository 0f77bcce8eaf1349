import { decideSeed, decideVerdict } from '../verdicts/decide-verdict.ts'
import { defaultThresholds, type VerdictThresholds } from '../verdicts/thresholds.ts'
import type { Verdict, VerdictNumbers } from '../verdicts/verdict.ts'
import { assessSuite, type AssessedSuite, type AssessmentSettings } from './assess-suite.ts'
import type { AssessmentRequest, ConditionAssessment, Measures, SuiteAssessment } from './condition-assessment.ts'

const defaultResamples = 1000

/**
 * Everything that is to be said about one condition: estimates with intervals on every suite and acting mode, the anchors
 * they stand between, and the verdicts. Deterministic for equal requests. Throws a RangeError where tables and suites do
 * not belong together.
 */
export function assessCondition(request: AssessmentRequest): ConditionAssessment {
  const settings: AssessmentSettings = {
    thresholds: { ...defaultThresholds, ...request.thresholds },
    resamples: request.resamples ?? defaultResamples,
    bootstrapSeed: request.bootstrapSeed ?? 0,
  }
  const suites = request.suites.map((evidence) => assessSuite(evidence, request.seeds, settings))
  const assessed = suites.flatMap(({ actings }) => actings)
  const verdicts = assessed
    .filter(({ assessment }) => assessment.role === 'shifted')
    .map((shifted) => {
      const { suite, acting } = shifted.assessment
      return { suite, acting, verdict: judge(shifted, findTraining(assessed, acting), settings.thresholds) }
    })
  const main = request.acting ?? verdicts[0]?.acting
  return {
    condition: request.condition,
    verdict: verdicts.find(({ acting }) => acting === main)?.verdict ?? null,
    verdicts,
    suites: assessed.map(({ assessment }) => assessment),
    anchors: suites.map(({ anchors }) => anchors),
  }
}

function findTraining(assessed: readonly AssessedSuite[], acting: string): AssessedSuite | undefined {
  return assessed.find(({ assessment }) => assessment.role === 'in-distribution' && assessment.acting === acting)
}

function judge(shifted: AssessedSuite, training: AssessedSuite | undefined, thresholds: VerdictThresholds): Verdict {
  const seeds = shifted.assessment.seeds.map(({ seed, measures }) => {
    const learned = training?.assessment.seeds.find((candidate) => candidate.seed === seed)?.measures
    return decideSeed(seed, collectNumbers(learned, measures, thresholds), thresholds)
  })
  const numbers = collectNumbers(training?.assessment.measures, shifted.assessment.measures, thresholds)
  const { capability, trueAchievement, proxyAchievement, goalPosition } = shifted.spreads
  const spreads = {
    ...(training?.spreads.trueAchievement === undefined ? {} : { learned: training.spreads.trueAchievement }),
    ...(capability === undefined ? {} : { capability }),
    ...(trueAchievement === undefined ? {} : { trueAchievement }),
    ...(proxyAchievement === undefined ? {} : { proxyAchievement }),
    ...(goalPosition === undefined ? {} : { goalPosition }),
  }
  return decideVerdict({ seeds, numbers, spreads }, thresholds)
}

function collectNumbers(
  training: SuiteAssessment['measures'] | undefined,
  { capability, trueAchievement, proxyAchievement, goalPosition }: Measures,
  { confidence }: VerdictThresholds,
): VerdictNumbers {
  const learned = training?.trueAchievement ?? {
    value: { missing: 'there is no evaluation in distribution' },
    level: confidence,
    count: 0,
    method: 'none' as const,
  }
  return { learned, capability, trueAchievement, proxyAchievement, goalPosition }
}
