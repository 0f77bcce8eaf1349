import type { Estimate } from '../statistics/estimate.ts'
import { decideSeed, decideVerdict, type VerdictEvidence } from '../verdicts/decide-verdict.ts'
import { defaultThresholds, type VerdictThresholds } from '../verdicts/thresholds.ts'
import type { Verdict, VerdictNumbers } from '../verdicts/verdict.ts'
import { assessIntent } from './assess-intent.ts'
import { type AssessedEvidence, assessSuite, type AssessedSuite, type AssessmentSettings } from './assess-suite.ts'
import type { AssessmentRequest, ConditionAssessment, Measures } from './condition-assessment.ts'

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
      const evidence = {
        shifted,
        training: findTraining(assessed, acting),
        oracleAchievement: achievementOfProxyOracle(suites, suite, settings.thresholds),
      }
      return { suite, acting, verdict: judge(evidence, settings.thresholds) }
    })
  const main = request.acting ?? verdicts[0]?.acting
  return {
    condition: request.condition,
    verdict: verdicts.find(({ acting }) => acting === main)?.verdict ?? null,
    verdicts,
    suites: assessed.map(({ assessment }) => assessment),
    anchors: suites.map(({ anchors }) => anchors),
    intents: request.suites.flatMap((evidence) => assessIntent(evidence, request.seeds, settings)),
  }
}

function findTraining(assessed: readonly AssessedSuite[], acting: string): AssessedSuite | undefined {
  return assessed.find(({ assessment }) => assessment.role === 'in-distribution' && assessment.acting === acting)
}

function achievementOfProxyOracle(
  suites: readonly AssessedEvidence[],
  suite: string,
  { confidence }: VerdictThresholds,
): Estimate {
  const played = suites.find(({ anchors }) => anchors.suite === suite)?.anchors.anchors
  const oracle = played?.find(({ reference }) => reference === 'proxy-oracle')
  return oracle?.trueAchievement ?? nothing('the proxy-oracle policy was not run', confidence)
}

type JudgedEvidence = {
  readonly shifted: AssessedSuite
  readonly training: AssessedSuite | undefined
  readonly oracleAchievement: Estimate
}

function judge({ shifted, training, oracleAchievement }: JudgedEvidence, thresholds: VerdictThresholds): Verdict {
  const collect = (learned: Measures | undefined, measures: Measures): VerdictNumbers => ({
    learned: learned?.trueAchievement ?? nothing('there is no evaluation in distribution', thresholds.confidence),
    capability: measures.capability,
    trueAchievement: measures.trueAchievement,
    proxyAchievement: measures.proxyAchievement,
    goalPosition: measures.goalPosition,
    oracleAchievement,
  })
  const seeds = shifted.assessment.seeds.map(({ seed, measures }) => {
    const learned = training?.assessment.seeds.find((candidate) => candidate.seed === seed)?.measures
    return decideSeed(seed, collect(learned, measures), thresholds)
  })
  const numbers = collect(training?.assessment.measures, shifted.assessment.measures)
  return decideVerdict({ seeds, numbers, spreads: collectSpreads(shifted, training) }, thresholds)
}

function collectSpreads(shifted: AssessedSuite, training: AssessedSuite | undefined): VerdictEvidence['spreads'] {
  const { capability, trueAchievement, proxyAchievement, goalPosition } = shifted.spreads
  return {
    ...(training?.spreads.trueAchievement === undefined ? {} : { learned: training.spreads.trueAchievement }),
    ...(capability === undefined ? {} : { capability }),
    ...(trueAchievement === undefined ? {} : { trueAchievement }),
    ...(proxyAchievement === undefined ? {} : { proxyAchievement }),
    ...(goalPosition === undefined ? {} : { goalPosition }),
  }
}

function nothing(reason: string, confidence: number): Estimate {
  return { value: { missing: reason }, level: confidence, count: 0, method: 'none' }
}
