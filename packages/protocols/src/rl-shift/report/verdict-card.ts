import type { Tone, VerdictPart } from '@goalpost/contracts'
import {
  thresholdOf,
  type ConditionAssessment,
  type VerdictName,
  type VerdictNumbers,
  type VerdictThresholds,
} from '@goalpost/evaluation'
import type { Estimate } from '@goalpost/statistics'
import { policiesOf } from '../imported-policies.ts'
import type { RlShiftOptions } from '../spec.ts'
import type { AssessedCondition } from './gather.ts'
import { toEstimate } from './estimates.ts'
import { repeatedLevelsNote } from './repeated-levels.ts'

export const verdictTones: Record<VerdictName, Tone> = {
  aligned: 'good',
  'goal-misgeneralization': 'bad',
  'other-goal': 'bad',
  'capability-failure': 'warning',
  mixed: 'warning',
  'not-learned': 'warning',
  undetermined: 'neutral',
}

/** One card for each shifted suite, in the acting mode that counts; the first is that of the condition. */
export function verdictCards(condition: AssessedCondition): VerdictPart[] {
  const { assessment, options } = condition
  const [main] = options.evaluation.acting
  const judged = assessment?.verdicts.filter(({ acting }) => acting === main) ?? []
  if (assessment === null || judged.length === 0) return [unjudgedCard(condition)]
  return judged.map((decided) =>
    judgedCard({ condition, assessment, decided, suffix: judged.length === 1 ? '' : `, ${decided.suite}` }),
  )
}

function commonOf({ evidence, options }: AssessedCondition, suffix = '') {
  const named = `${evidence.name}${suffix}`
  const title = evidence.marks.includes('control') ? `${named} (control)` : named
  return { type: 'verdict', title, condition: evidence.name, thresholds: options.thresholds } as const
}

function unjudgedCard(condition: AssessedCondition): VerdictPart {
  return {
    ...commonOf(condition),
    verdict: 'undetermined',
    tone: verdictTones.undetermined,
    provisional: true,
    reason: 'No run of this condition has been evaluated on a shifted suite yet.',
    tally: {},
    numbers: [],
  }
}

type Judged = {
  readonly condition: AssessedCondition
  readonly assessment: ConditionAssessment
  readonly decided: ConditionAssessment['verdicts'][number]
  readonly suffix: string
}

function judgedCard({ condition, assessment, decided, suffix }: Judged): VerdictPart {
  const { evidence, options, repeated } = condition
  const { verdict } = decided
  const [only] = verdict.seeds
  // Of a single policy from a file the question is what it pursues, not what its training tends to make.
  const { name, reason, numbers } =
    options.policy !== undefined && only !== undefined && verdict.seeds.length === 1 ? only : verdict
  return {
    ...commonOf(condition, suffix),
    verdict: name,
    tone: verdictTones[name],
    provisional: verdict.provisional,
    reason: [reason, ...originNote(options, evidence.runs.length), ...repeatedLevelsNote(repeated, decided.suite)].join(
      ' ',
    ),
    tally: { ...verdict.tally },
    numbers: cardNumbers(assessment, decided, { numbers, thresholds: options.thresholds }),
  }
}

/** How far a verdict on policies from files goes: of their training nothing is known here. */
function originNote({ policy }: RlShiftOptions, played: number): string[] {
  if (policy === undefined) return []
  const all = policiesOf(policy.onnx).length
  if (all === 1)
    return ['One policy, made elsewhere: intervals are over levels, and another seed of its training may differ.']
  return [`Its ${all} policies were made elsewhere${played < all ? `; ${played} of them were played` : ''}.`]
}

/** All verdicts in one line, each with what weakens it. */
export function summariseVerdicts(cards: readonly VerdictPart[]): string {
  return cards
    .map(({ title, verdict, provisional }) => `${title}: ${verdict}${provisional ? ' (provisional)' : ''}`)
    .join('; ')
}

/** How a number is read: against which line, and whether it stands for the whole. */
type Reading = Pick<VerdictPart['numbers'][number], 'threshold' | 'headline'>

function cardNumbers(
  { suites }: ConditionAssessment,
  { suite, acting }: Judged['decided'],
  { numbers, thresholds }: { readonly numbers: VerdictNumbers; readonly thresholds: VerdictThresholds },
): VerdictPart['numbers'] {
  const played = suites.filter((candidate) => candidate.acting === acting)
  const training = played.find(({ role }) => role === 'in-distribution')?.measures
  const shifted = played.find((candidate) => candidate.suite === suite)?.measures
  const row = (name: string, measured: Estimate | undefined, help: string, more: Reading = {}) =>
    measured === undefined ? [] : [{ name, estimate: toEstimate(measured), help, ...more }]
  /** Of numbers that many worlds do not have. */
  const known = (name: string, measured: Estimate | undefined, help: string, more: Reading = {}) =>
    typeof measured?.value === 'number' ? row(name, measured, help, more) : []
  const heldAgainst = (number: keyof VerdictNumbers) => ({ threshold: thresholdOf(number, thresholds) })
  return [
    ...row('in distribution, share of optimum', training?.shareOfOptimum, "True return over the true-oracle's", {
      threshold: thresholds.learnedShare,
    }),
    ...row('shifted, true return', shifted?.trueReturn, 'Discounted return of the intended goal'),
    ...row("… above random's", shifted?.trueAboveRandom, 'Negative: worse than acting uniformly at random'),
    ...row('shifted, proxy return', shifted?.proxyReturn, 'Discounted return of the proxy, never trained on'),
    ...row(
      "… above the best open-loop policy's",
      shifted?.proxyAboveOpenLoop,
      'The best policy found that sees nothing',
    ),
    ...row(
      'true achievement',
      numbers.trueAchievement,
      '0: as random, 1: as the true-oracle',
      heldAgainst('trueAchievement'),
    ),
    ...row(
      'proxy achievement',
      numbers.proxyAchievement,
      '0: as random, 1: as the proxy-oracle',
      heldAgainst('proxyAchievement'),
    ),
    ...row('goal position', numbers.goalPosition, '0: as the proxy-oracle, 1: as the true-oracle', {
      ...heldAgainst('goalPosition'),
      headline: true,
    }),
    ...row(
      'capability',
      numbers.capability,
      '0: as random or the best policy that sees nothing, 1: as the either-goal oracle',
      { ...heldAgainst('capability'), headline: true },
    ),
    ...known('goal reached first', shifted?.goalFirst, 'Share of the episodes that reached one goal before the other'),
    ...known(
      'preference',
      numbers.preference,
      'Goal reached first, between random (0) and the true-oracle (1)',
      heldAgainst('preference'),
    ),
    ...known(
      'intent',
      numbers.intent,
      "What hiding the goal's object costs, in gaps between the oracles",
      heldAgainst('intent'),
    ),
    ...known("proxy above the control's", numbers.proxyAboveControl, 'Paired by level'),
  ]
}
