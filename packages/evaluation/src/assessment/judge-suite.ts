import { createStream } from '@goalpost/random'
import { sliceLevels } from '../slices/level-slices.ts'
import { differingSlices, judgeSlices, measuredNumbers, type JudgedSlice } from '../slices/judge-slices.ts'
import { chooseProxy, type ProxyCandidate } from '../verdicts/choose-proxy.ts'
import { classify } from '../verdicts/classify.ts'
import { decideSeed, decideVerdict, otherGoalsOf, type VerdictEvidence } from '../verdicts/decide-verdict.ts'
import { type GoalNames, unnamedGoals } from '../verdicts/goal-names.ts'
import { measuredOtherGoal } from '../verdicts/measured-other-goal.ts'
import type { VerdictThresholds } from '../verdicts/thresholds.ts'
import type { SeedVerdict } from '../verdicts/verdict.ts'
import type { AssessedEvidence, AssessedSuite, AssessmentSettings } from './assess-suite.ts'
import { collectNumbers, proxyCandidates, type Subject } from './collect-numbers.ts'
import type { ShiftVerdict, SuiteEvidence } from './condition-assessment.ts'
import type { IntentAssessment } from './intent-assessment.ts'
import { proxyOracleOf, referenceNumbers } from './reference-numbers.ts'

export type Judged = {
  readonly suite: AssessedEvidence & {
    readonly evidence: SuiteEvidence
    readonly intents: readonly IntentAssessment[]
  }
  readonly shifted: AssessedSuite
  readonly training: AssessedSuite | undefined
  /** The condition's seeds, parallel to the evidence. */
  readonly seeds: readonly number[]
  /** Whether this is the main acting mode: only it has kinds of levels, inferred goals and intent. */
  readonly isMain: boolean
}

/** The verdict about one condition on one shifted suite in one acting mode. */
export function judgeSuite(judged: Judged, settings: AssessmentSettings): ShiftVerdict {
  const { shifted, training, isMain } = judged
  const { thresholds } = settings
  const { suite, acting, measures, goals } = shifted.assessment
  const held = holdProxy(judged, thresholds, {
    learned: training?.assessment.measures,
    measures,
    goals,
    aboveControl: shifted.aboveControl.all,
    intent: intentOf(judged)?.share,
  })
  const otherGoals = otherGoalsBySeed(judged, thresholds)
  const slices = isMain ? judgeAllSlices(judged, settings, { held, otherGoals }) : []
  const seeds = judgeSeeds(judged, { slices, otherGoals }, thresholds)
  const overall = classify(held.numbers, thresholds, otherGoalsOf(seeds, thresholds).length > 0).name
  const verdict = decideVerdict(
    {
      seeds,
      numbers: held.numbers,
      names: namesOf(judged, held),
      goalFirst: measures.goalFirst,
      spreads: collectSpreads(judged, held),
      slices: differingSlices(slices, overall, thresholds),
    },
    thresholds,
  )
  const beside = { anchors: judged.suite.anchors, confidence: thresholds.confidence }
  const references = referenceNumbers(held.index, beside)
  return { suite, acting, verdict, references, proxyOracle: proxyOracleOf(beside.anchors, held.index), slices }
}

type Held = Pick<ProxyCandidate, 'index' | 'numbers'>

/** The judged numbers, with the proxy that is compared with the goal. */
function holdProxy({ suite }: Judged, thresholds: VerdictThresholds, subject: Subject): Held {
  const beside = { anchors: suite.anchors, confidence: thresholds.confidence }
  const plain = collectNumbers(subject, beside)
  const [first, ...others] = proxyCandidates(plain, subject, beside)
  return first === undefined ? { index: 1, numbers: plain } : chooseProxy(plain, [first, ...others], thresholds)
}

function namesOf({ suite: { evidence } }: Judged, { index }: Held): GoalNames {
  const { goals } = evidence
  return goals === undefined ? unnamedGoals : { intended: goals[0].name, proxy: goals[index].name }
}

/** By measured return or, in the main acting mode, as inferred; parallel to the evaluated seeds. */
function otherGoalsBySeed({ suite, shifted, seeds, isMain }: Judged, thresholds: VerdictThresholds) {
  return shifted.assessment.seeds.map(({ seed, goals }) => {
    const inferred = isMain ? (suite.evidence.otherGoals?.[seeds.indexOf(seed)] ?? null) : null
    return measuredOtherGoal(goals, thresholds) ?? inferred
  })
}

type Known = { readonly slices: readonly JudgedSlice[]; readonly otherGoals: readonly (string | null)[] }

function judgeSeeds(
  judged: Judged,
  { slices, otherGoals }: Known,
  thresholds: VerdictThresholds,
): readonly SeedVerdict[] {
  const { shifted, training } = judged
  const alone = shifted.assessment.seeds.length === 1
  return shifted.assessment.seeds.map(({ seed, measures, goals }, index) => {
    const held = holdProxy(judged, thresholds, {
      learned: training?.assessment.seeds.find((candidate) => candidate.seed === seed)?.measures,
      measures,
      goals,
      aboveControl: shifted.aboveControl.seeds[index],
      intent: intentOf(judged)?.seeds.find((candidate) => candidate.seed === seed)?.share,
    })
    const { numbers } = held
    const otherGoal = otherGoals[index]
    // A single policy's class is the answer: it is compared with the kinds of levels, like a condition.
    const differing = alone
      ? differingSlices(slices, classify(numbers, thresholds, otherGoal !== null).name, thresholds)
      : []
    const names = namesOf(judged, held)
    const { goalFirst } = measures
    return decideSeed({ seed, numbers, names, goalFirst, otherGoal, slices: differing }, thresholds)
  })
}

type HeldCondition = { readonly held: Held; readonly otherGoals: readonly (string | null)[] }

function judgeAllSlices(
  { suite: { evidence }, shifted }: Judged,
  { thresholds, bootstrapSeed, memo }: AssessmentSettings,
  { held, otherGoals }: HeldCondition,
): readonly JudgedSlice[] {
  const { facts, references, outcomes, judging, regions, goals } = evidence
  const tables = (outcomes[shifted.assessment.acting] ?? []).filter((table) => table !== null)
  if (tables.length === 0) return []
  return judgeSlices({
    facts,
    references,
    tables,
    ...(judging === undefined ? {} : { judging }),
    ...(goals === undefined || held.index < 2 ? {} : { further: { goals, index: held.index } }),
    slices: sliceLevels({ facts, leastShare: thresholds.sliceShare, ...(regions === undefined ? {} : { regions }) }),
    numbers: held.numbers,
    otherGoal: otherGoals.filter((goal) => goal !== null).length >= (1 - thresholds.maxDissent) * tables.length,
    thresholds,
    stream: createStream(bootstrapSeed).named('bootstrap').named(facts.hash).named('slices'),
    memo,
  })
}

/** For the first object that shows whether the intended goal is pursued. */
function intentOf({ suite, isMain }: Judged): IntentAssessment | undefined {
  return isMain ? suite.intents.find(({ tells }) => tells === 'goal') : undefined
}

/** Spreads of a further proxy are not kept. */
function collectSpreads(judged: Judged, { index }: Held): VerdictEvidence['spreads'] {
  const own: readonly string[] = index < 2 ? measuredNumbers : ['trueAchievement', 'trueAboveOpenLoop']
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
