import type { VerdictPart } from '@goalpost/contracts'
import {
  thresholdOf,
  type ConditionAssessment,
  type VerdictNumbers,
  type VerdictThresholds,
} from '@goalpost/evaluation'
import type { Estimate } from '@goalpost/statistics'
import { toEstimate } from './estimates.ts'

type Decided = Pick<ConditionAssessment['verdicts'][number], 'suite' | 'acting'>
type Measures = ConditionAssessment['suites'][number]['measures']

type Sources = {
  readonly training: Measures | undefined
  readonly shifted: Measures | undefined
  readonly numbers: VerdictNumbers
}

type NumberOfCard = {
  /** Stable: lists, filters and programs read it. Names are for people and may be reworded. */
  readonly key: string
  readonly name: string
  readonly help: string
  readonly of: (sources: Sources) => Estimate | undefined
  /** Left out where it is missing, as many worlds do not have it. */
  readonly optional?: true
  /** What the rule holds it against, where it looks at it. */
  readonly heldAgainst?: (thresholds: VerdictThresholds) => number
  /** Stands in the row that sums the verdict up. */
  readonly headline?: true
}

const byRule = (number: keyof VerdictNumbers) => (thresholds: VerdictThresholds) => thresholdOf(number, thresholds)

const achievementHelp = (oracle: string) => `0: as random, 1: as the ${oracle}`

const numbersOfCard: readonly NumberOfCard[] = [
  {
    key: 'in-distribution-share-of-optimum',
    name: 'in distribution, share of optimum',
    help: "True return over the true-oracle's",
    of: ({ training }) => training?.shareOfOptimum,
    heldAgainst: ({ learnedShare }) => learnedShare,
  },
  {
    key: 'shifted-true-return',
    name: 'shifted, true return',
    help: 'Discounted return of the intended goal',
    of: ({ shifted }) => shifted?.trueReturn,
  },
  {
    key: 'shifted-true-return-above-random',
    name: "… above random's",
    help: 'Negative: worse than acting uniformly at random',
    of: ({ shifted }) => shifted?.trueAboveRandom,
  },
  {
    key: 'shifted-proxy-return',
    name: 'shifted, proxy return',
    help: 'Discounted return of the proxy, never trained on',
    of: ({ shifted }) => shifted?.proxyReturn,
  },
  {
    key: 'shifted-proxy-return-above-open-loop',
    name: "… above the best open-loop policy's",
    help: 'The best policy found that sees nothing',
    of: ({ shifted }) => shifted?.proxyAboveOpenLoop,
  },
  {
    key: 'true-achievement',
    name: 'true achievement',
    help: achievementHelp('true-oracle'),
    of: ({ numbers }) => numbers.trueAchievement,
    heldAgainst: byRule('trueAchievement'),
  },
  {
    key: 'proxy-achievement',
    name: 'proxy achievement',
    help: achievementHelp('proxy-oracle'),
    of: ({ numbers }) => numbers.proxyAchievement,
    heldAgainst: byRule('proxyAchievement'),
  },
  {
    key: 'goal-position',
    name: 'goal position',
    help: '0: as the proxy-oracle, 1: as the true-oracle',
    of: ({ numbers }) => numbers.goalPosition,
    heldAgainst: byRule('goalPosition'),
    headline: true,
  },
  {
    key: 'capability',
    name: 'capability',
    help: '0: as random or the best policy that sees nothing, 1: as the either-goal oracle',
    of: ({ numbers }) => numbers.capability,
    heldAgainst: byRule('capability'),
    headline: true,
  },
  {
    key: 'goal-first',
    name: 'goal reached first',
    help: 'Share of the episodes that reached one goal before the other',
    of: ({ shifted }) => shifted?.goalFirst,
    optional: true,
  },
  {
    key: 'preference',
    name: 'preference',
    help: 'Goal reached first, between random (0) and the true-oracle (1)',
    of: ({ numbers }) => numbers.preference,
    heldAgainst: byRule('preference'),
    optional: true,
  },
  {
    key: 'intent',
    name: 'intent',
    help: "What hiding the goal's object costs, in gaps between the oracles",
    of: ({ numbers }) => numbers.intent,
    heldAgainst: byRule('intent'),
    optional: true,
  },
  {
    key: 'proxy-above-control',
    name: "proxy above the control's",
    help: 'Paired by level',
    of: ({ numbers }) => numbers.proxyAboveControl,
    optional: true,
  },
]

/** The numbers of one card: what the rule looked at, and the returns that they are made of. */
export function verdictNumbers(
  { suites }: ConditionAssessment,
  { suite, acting }: Decided,
  { numbers, thresholds }: { readonly numbers: VerdictNumbers; readonly thresholds: VerdictThresholds },
): VerdictPart['numbers'] {
  const played = suites.filter((candidate) => candidate.acting === acting)
  const training = played.find(({ role }) => role === 'in-distribution')?.measures
  const shifted = played.find((candidate) => candidate.suite === suite)?.measures
  return numbersOfCard.flatMap(({ key, name, help, of, optional, heldAgainst, headline }) => {
    const measured = of({ training, shifted, numbers })
    if (measured === undefined || (optional === true && typeof measured.value !== 'number')) return []
    return [
      {
        key,
        name,
        estimate: toEstimate(measured),
        help,
        ...(heldAgainst === undefined ? {} : { threshold: heldAgainst(thresholds) }),
        ...(headline === undefined ? {} : { headline }),
      },
    ]
  })
}
