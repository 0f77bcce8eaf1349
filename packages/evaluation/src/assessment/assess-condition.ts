import { createStream } from '@goalpost/random'
import { sliceLevels } from '../slices/level-slices.ts'
import { differingSlices, judgeSlices, type JudgedSlice } from '../slices/judge-slices.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { classify } from '../verdicts/classify.ts'
import { decideSeed, decideVerdict, type VerdictEvidence } from '../verdicts/decide-verdict.ts'
import { defaultThresholds } from '../verdicts/thresholds.ts'
import type { SeedVerdict, VerdictNumbers } from '../verdicts/verdict.ts'
import { type AssessedEvidence, assessSuite, type AssessedSuite, type AssessmentSettings } from './assess-suite.ts'
import type {
  AnchorAssessment,
  AssessmentRequest,
  ConditionAssessment,
  Measures,
  ShiftVerdict,
  SuiteEvidence,
} from './condition-assessment.ts'

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
  const suites = request.suites.map((evidence) => ({
    evidence,
    ...assessSuite(evidence, request.seeds, settings),
  }))
  const assessed = suites.flatMap(({ actings }) => actings)
  const main =
    request.acting ?? suites.find(({ evidence }) => evidence.role === 'shifted')?.actings[0]?.assessment.acting
  const verdicts = suites
    .filter(({ evidence }) => evidence.role === 'shifted')
    .flatMap((suite) =>
      suite.actings.map((shifted) => {
        const training = findTraining(assessed, shifted.assessment.acting)
        const sliced = shifted.assessment.acting === main
        return judge({ suite, shifted, training, seeds: request.seeds, sliced }, settings)
      }),
    )
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

/** Numbers that are measures of the shifted suite. */
const ownNumbers = [
  'capability',
  'trueAchievement',
  'proxyAchievement',
  'goalPosition',
  'preference',
  'trueAboveOpenLoop',
  'proxyAboveOpenLoop',
] as const

type Judged = {
  readonly suite: AssessedEvidence & { readonly evidence: SuiteEvidence }
  readonly shifted: AssessedSuite
  readonly training: AssessedSuite | undefined
  /** Of the condition: parallel to what the evidence holds of each seed. */
  readonly seeds: readonly number[]
  /** Whether kinds of levels are judged on their own as well. */
  readonly sliced: boolean
}

function judge(judged: Judged, settings: AssessmentSettings): ShiftVerdict {
  const { suite, shifted, training, seeds, sliced } = judged
  const { thresholds } = settings
  const { assessment } = shifted
  const otherGoalOf = (seed: number) => (sliced ? (suite.evidence.otherGoals?.[seeds.indexOf(seed)] ?? null) : null)
  const numbers = collectNumbers(judged, thresholds.confidence, {
    learned: training?.assessment.measures,
    measures: assessment.measures,
    aboveControl: shifted.aboveControl.all,
  })
  const slices = sliced ? judgeAllSlices(judged, settings, numbers) : []
  const seedVerdicts = assessment.seeds.map(({ seed, measures }, index): SeedVerdict => {
    const own = collectNumbers(judged, thresholds.confidence, {
      learned: training?.assessment.seeds.find((candidate) => candidate.seed === seed)?.measures,
      measures,
      aboveControl: shifted.aboveControl.seeds[index],
    })
    const otherGoal = otherGoalOf(seed)
    // Where there is one policy its class is the answer: it is held against the kinds of levels as a condition is.
    const alone = assessment.seeds.length === 1
    const overall = alone ? classify(own, thresholds, otherGoal !== null).name : null
    return decideSeed(
      {
        seed,
        numbers: own,
        goalFirst: measures.goalFirst,
        otherGoal,
        slices: overall === null ? [] : differingSlices(slices, overall, thresholds),
      },
      thresholds,
    )
  })
  const otherGoal = seedVerdicts.length > 0 && seedVerdicts.every((seed) => seed.otherGoal !== null)
  const overall = classify(numbers, thresholds, otherGoal).name
  const evidence: VerdictEvidence = {
    seeds: seedVerdicts,
    numbers,
    goalFirst: assessment.measures.goalFirst,
    spreads: collectSpreads(shifted, training),
    slices: differingSlices(slices, overall, thresholds),
  }
  return { suite: assessment.suite, acting: assessment.acting, verdict: decideVerdict(evidence, thresholds), slices }
}

function judgeAllSlices(
  { suite: { evidence }, shifted }: Judged,
  { thresholds, bootstrapSeed }: AssessmentSettings,
  numbers: VerdictNumbers,
): readonly JudgedSlice[] {
  const { facts, references, outcomes, judging, regions, otherGoals = [] } = evidence
  const tables = (outcomes[shifted.assessment.acting] ?? []).filter((table) => table !== null)
  if (tables.length === 0) return []
  return judgeSlices({
    facts,
    references,
    tables,
    ...(judging === undefined ? {} : { judging }),
    slices: sliceLevels({ facts, leastShare: thresholds.sliceShare, ...(regions === undefined ? {} : { regions }) }),
    numbers,
    otherGoal: otherGoals.some((goal) => goal !== null),
    thresholds,
    stream: createStream(bootstrapSeed).named('bootstrap').named(facts.hash).named('slices'),
  })
}

type Collected = {
  readonly learned: Measures | undefined
  readonly measures: Measures
  readonly aboveControl: Estimate
}

function collectNumbers(
  { suite }: Judged,
  confidence: number,
  { learned, measures, aboveControl }: Collected,
): VerdictNumbers {
  const untrained = nothing('there is no evaluation in distribution', confidence)
  const oracle = (name: 'proxy-oracle' | 'true-oracle', of: 'trueAchievement' | 'proxyAchievement') =>
    findAnchor(suite, name)?.[of] ?? nothing(`the ${name} policy was not run`, confidence)
  return {
    learned: learned?.returnAchievement ?? untrained,
    learnedShare: learned?.attainment ?? untrained,
    capability: measures.capability,
    trueAchievement: measures.trueAchievement,
    proxyAchievement: measures.proxyAchievement,
    goalPosition: measures.goalPosition,
    oracleAchievement: oracle('proxy-oracle', 'trueAchievement'),
    oracleProxyAchievement: oracle('true-oracle', 'proxyAchievement'),
    preference: measures.preference,
    trueAboveOpenLoop: measures.trueAboveOpenLoop,
    proxyAboveOpenLoop: measures.proxyAboveOpenLoop,
    proxyAboveControl: aboveControl,
    intent: nothing('no object was hidden', confidence),
  }
}

function findAnchor({ anchors }: AssessedEvidence, name: AnchorAssessment['reference']): AnchorAssessment | undefined {
  return anchors.anchors.find(({ reference }) => reference === name)
}

function collectSpreads(shifted: AssessedSuite, training: AssessedSuite | undefined): VerdictEvidence['spreads'] {
  const own: readonly string[] = ownNumbers
  const spreads = Object.entries(shifted.spreads).filter(([name]) => own.includes(name))
  const { returnAchievement, attainment } = training?.spreads ?? {}
  return {
    ...Object.fromEntries(spreads),
    ...(returnAchievement === undefined ? {} : { learned: returnAchievement }),
    ...(attainment === undefined ? {} : { learnedShare: attainment }),
  }
}

function nothing(reason: string, confidence: number): Estimate {
  return { value: { missing: reason }, level: confidence, count: 0, method: 'none' }
}
