import { defaultThresholds } from '../verdicts/thresholds.ts'
import { assessIntent } from './assess-intent.ts'
import { assessSuite, type AssessedSuite, type AssessmentSettings } from './assess-suite.ts'
import type { AssessmentRequest, ConditionAssessment } from './condition-assessment.ts'
import { judgeSuite } from './judge-suite.ts'
import { leaveOut } from './leave-out.ts'
import { createResampleMemo } from './resample-memo.ts'

const defaultResamples = 1000

/**
 * The full assessment of one condition: estimates with intervals on every suite and acting mode, their anchors, and the
 * verdicts. Deterministic for equal requests. Throws a RangeError if tables and suites do not belong together.
 */
export function assessCondition(request: AssessmentRequest): ConditionAssessment {
  const settings: AssessmentSettings = {
    thresholds: { ...defaultThresholds, ...request.thresholds },
    resamples: request.resamples ?? defaultResamples,
    bootstrapSeed: request.bootstrapSeed ?? 0,
    memo: request.memo ?? createResampleMemo(),
  }
  const suites = request.suites.map(leaveOut).map((evidence) => ({
    evidence,
    ...assessSuite(evidence, request.seeds, settings),
    intents: assessIntent(evidence, request.seeds, settings),
  }))
  const assessed = suites.flatMap(({ actings }) => actings)
  const main =
    request.acting ?? suites.find(({ evidence }) => evidence.role === 'shifted')?.actings[0]?.assessment.acting
  const verdicts = suites
    .filter(({ evidence }) => evidence.role === 'shifted')
    .flatMap((suite) =>
      suite.actings.map((shifted) => {
        const training = findTraining(assessed, shifted.assessment.acting)
        const isMain = shifted.assessment.acting === main
        return judgeSuite({ suite, shifted, training, seeds: request.seeds, isMain }, settings)
      }),
    )
  return {
    condition: request.condition,
    verdict: verdicts.find(({ acting }) => acting === main)?.verdict ?? null,
    verdicts,
    suites: assessed.map(({ assessment }) => assessment),
    anchors: suites.map(({ anchors }) => anchors),
    intents: suites.flatMap(({ intents }) => intents),
  }
}

function findTraining(assessed: readonly AssessedSuite[], acting: string): AssessedSuite | undefined {
  return assessed.find(({ assessment }) => assessment.role === 'in-distribution' && assessment.acting === acting)
}
