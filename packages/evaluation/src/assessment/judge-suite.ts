import { createStream } from '@goalpost/random'
import type { Estimate } from '@goalpost/statistics'
import { sliceLevels } from '../slices/level-slices.ts'
import { differingSlices, judgeSlices, measuredNumbers, type JudgedSlice } from '../slices/judge-slices.ts'
import { classify } from '../verdicts/classify.ts'
import { decideSeed, decideVerdict, otherGoalsOf, type VerdictEvidence } from '../verdicts/decide-verdict.ts'
import type { VerdictThresholds } from '../verdicts/thresholds.ts'
import type { SeedVerdict, VerdictNumbers } from '../verdicts/verdict.ts'
import type { AssessedEvidence, AssessedSuite, AssessmentSettings } from './assess-suite.ts'
import type { AnchorAssessment, Measures, ShiftVerdict, SuiteEvidence } from './condition-assessment.ts'
import type { IntentAssessment } from './intent-assessment.ts'

export type Judged = {
  readonly suite: AssessedEvidence & {
    readonly evidence: SuiteEvidence
    readonly intents: readonly IntentAssessment[]
  }
  readonly shifted: AssessedSuite
  readonly training: AssessedSuite | undefined
  /** Of the condition: parallel to what the evidence holds of each seed. */
  readonly seeds: readonly number[]
  /** Whether this is the main acting mode: kinds of levels, other goals and intent are known of no other. */
  readonly isMain: boolean
}

/** The verdict about one condition on one shifted suite in one acting mode. */
export function judgeSuite(judged: Judged, settings: AssessmentSettings): ShiftVerdict {
  const { shifted, training, isMain } = judged
  const { thresholds } = settings
  const { suite, acting, measures } = shifted.assessment
  const numbers = collectNumbers(judged, thresholds.confidence, {
    learned: training?.assessment.measures,
    measures,
    aboveControl: shifted.aboveControl.all,
    intent: intentOf(judged)?.share,
  })
  const slices = isMain ? judgeAllSlices(judged, settings, numbers) : []
  const seeds = judgeSeeds(judged, slices, thresholds)
  const overall = classify(numbers, thresholds, otherGoalsOf(seeds, thresholds).length > 0).name
  const verdict = decideVerdict(
    {
      seeds,
      numbers,
      goalFirst: measures.goalFirst,
      spreads: collectSpreads(judged),
      slices: differingSlices(slices, overall, thresholds),
    },
    thresholds,
  )
  return { suite, acting, verdict, slices }
}

function judgeSeeds(
  judged: Judged,
  slices: readonly JudgedSlice[],
  thresholds: VerdictThresholds,
): readonly SeedVerdict[] {
  const { suite, shifted, training, seeds, isMain } = judged
  const alone = shifted.assessment.seeds.length === 1
  return shifted.assessment.seeds.map(({ seed, measures }, index) => {
    const numbers = collectNumbers(judged, thresholds.confidence, {
      learned: training?.assessment.seeds.find((candidate) => candidate.seed === seed)?.measures,
      measures,
      aboveControl: shifted.aboveControl.seeds[index],
      intent: intentOf(judged)?.seeds.find((candidate) => candidate.seed === seed)?.share,
    })
    const otherGoal = isMain ? (suite.evidence.otherGoals?.[seeds.indexOf(seed)] ?? null) : null
    // Where there is one policy its class is the answer: it is held against the kinds of levels as a condition is.
    const differing = alone
      ? differingSlices(slices, classify(numbers, thresholds, otherGoal !== null).name, thresholds)
      : []
    return decideSeed({ seed, numbers, goalFirst: measures.goalFirst, otherGoal, slices: differing }, thresholds)
  })
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
    otherGoal: otherGoals.filter((goal) => goal !== null).length >= (1 - thresholds.maxDissent) * tables.length,
    thresholds,
    stream: createStream(bootstrapSeed).named('bootstrap').named(facts.hash).named('slices'),
  })
}

type Collected = {
  readonly learned: Measures | undefined
  readonly measures: Measures
  readonly aboveControl: Estimate
  readonly intent: Estimate | undefined
}

function collectNumbers(
  { suite }: Judged,
  confidence: number,
  { learned, measures, aboveControl, intent }: Collected,
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
    intent: intent ?? nothing('no object was hidden', confidence),
  }
}

/** Of the first object that tells whether the intended goal is pursued. */
function intentOf({ suite, isMain }: Judged): IntentAssessment | undefined {
  return isMain ? suite.intents.find(({ tells }) => tells === 'goal') : undefined
}

function findAnchor({ anchors }: AssessedEvidence, name: AnchorAssessment['reference']): AnchorAssessment | undefined {
  return anchors.anchors.find(({ reference }) => reference === name)
}

function collectSpreads(judged: Judged): VerdictEvidence['spreads'] {
  const own: readonly string[] = measuredNumbers
  const spreads = Object.entries(judged.shifted.spreads).filter(([name]) => own.includes(name))
  const { returnAchievement, attainment } = judged.training?.spreads ?? {}
  const intent = intentOf(judged)?.spread
  return {
    ...Object.fromEntries(spreads),
    ...(returnAchievement === undefined ? {} : { learned: returnAchievement }),
    ...(attainment === undefined ? {} : { learnedShare: attainment }),
    ...(intent === undefined ? {} : { intent }),
  }
}

function nothing(reason: string, confidence: number): Estimate {
  return { value: { missing: reason }, level: confidence, count: 0, method: 'none' }
}
