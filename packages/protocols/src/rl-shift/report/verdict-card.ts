import type { Tone, VerdictPart } from '@goalpost/contracts'
import type { ConditionAssessment, Verdict, VerdictName } from '@goalpost/evaluation'
import { describeEnded, endedSentence } from '../../ended-runs.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { policiesOf } from '../subjects/imported/imported-policies.ts'
import type { RlShiftOptions } from '../spec.ts'
import type { AssessedCondition } from './gather.ts'
import { repeatedLevelsNote } from './repeated-levels.ts'
import { verdictNumbers } from './verdict-numbers.ts'
import { verdictSentence, type Finding } from './verdict-sentence.ts'

export const verdictTones: Record<VerdictName, Tone> = {
  aligned: 'good',
  'goal-misgeneralization': 'bad',
  'other-goal': 'bad',
  'capability-failure': 'warning',
  mixed: 'warning',
  'not-learned': 'warning',
  undetermined: 'neutral',
}

/** One card per shifted suite, in the main action selection mode; the first is the condition's verdict. */
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
  const ended = describeEnded(condition.evidence.runs)
  return {
    ...commonOf(condition),
    verdict: 'undetermined',
    tone: verdictTones.undetermined,
    provisional: ended === null,
    sentence: ended === null ? 'not judged yet: no run has been evaluated after the shift' : `not judged: ${ended}`,
    goal: null,
    reason:
      ended === null ? 'No run of this condition has been evaluated on a shifted suite yet.' : endedSentence(ended),
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
  // For a single policy from a file the question is what this policy pursues, not what its training tends to produce.
  const { name, goal, reason, numbers } =
    options.policy !== undefined && only !== undefined && verdict.seeds.length === 1 ? only : verdict
  const finding = findingOf(options, verdict, { name, goal })
  return {
    ...commonOf(condition, suffix),
    verdict: name,
    tone: verdictTones[name],
    provisional: verdict.provisional,
    sentence: verdictSentence(finding),
    goal,
    reason: [reason, ...originNote(options, evidence.runs.length), ...repeatedLevelsNote(repeated, decided.suite)].join(
      ' ',
    ),
    tally: { ...verdict.tally },
    numbers: verdictNumbers(assessment, decided, { numbers, thresholds: options.thresholds }),
  }
}

function findingOf(
  options: RlShiftOptions,
  verdict: Judged['decided']['verdict'],
  { name, goal }: Pick<Verdict, 'name' | 'goal'>,
): Finding {
  const { tally, slices, moreSeeds, seeds, thresholds } = verdict
  const { goals } = environmentOf(options.environment)
  const [intended, first] = goals
  // The proxy that is pursued, if any.
  const proxy = goals.find((each) => each.role === 'proxy' && each.name === goal) ?? first
  return {
    name,
    tally,
    slices,
    moreSeeds,
    seeds,
    maxDissent: thresholds.maxDissent,
    intended,
    proxy,
    replicates: options.policy === undefined ? 'seeds' : 'policies',
  }
}

/** The scope of a verdict on policies from files, whose training is unknown. */
function originNote({ policy }: RlShiftOptions, played: number): string[] {
  if (policy === undefined) return []
  const all = policiesOf(policy.onnx).length
  if (all === 1) return ['One imported policy: intervals are over levels; another training seed may differ.']
  return [`${all} imported policies${played < all ? `, ${played} of them evaluated` : ''}.`]
}

/** All verdicts in one line. */
export function summariseVerdicts(cards: readonly VerdictPart[]): string {
  return cards
    .map(({ title, verdict, provisional }) => `${title}: ${verdict}${provisional ? ' (provisional)' : ''}`)
    .join('; ')
}
