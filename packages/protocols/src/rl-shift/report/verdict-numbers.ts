import type { VerdictPart } from '@goalpost/contracts'
import {
  thresholdOf,
  type ConditionAssessment,
  type SuiteAnchors,
  type VerdictNumbers,
  type VerdictThresholds,
} from '@goalpost/evaluation'
import type { Estimate } from '@goalpost/statistics'
import { toEstimate } from './estimates.ts'

type Decided = ConditionAssessment['verdicts'][number]
type Measures = ConditionAssessment['suites'][number]['measures']
type CardNumber = VerdictPart['numbers'][number]

type Sources = {
  readonly training: Measures | undefined
  readonly shifted: Measures | undefined
  readonly numbers: VerdictNumbers
}

type NumberOfCard = {
  /** Stable, for lists, filters and programs; `name` is for people and may change. */
  readonly key: string
  readonly name: string
  readonly help: string
  readonly of: (sources: Sources) => Estimate | undefined
  /** Left out where missing: many worlds do not have it. */
  readonly optional?: true
  /** The threshold that the rule compares it with, if any. */
  readonly heldAgainst?: (thresholds: VerdictThresholds) => number
  /** Shown in the summary row of the verdict. */
  readonly headline?: true
}

const byRule = (number: keyof VerdictNumbers) => (thresholds: VerdictThresholds) => thresholdOf(number, thresholds)

const achievementHelp = (oracle: string) => `0: random, 1: ${oracle}`

const numbersOfCard: readonly NumberOfCard[] = [
  {
    key: 'in-distribution-share-of-optimum',
    name: 'in distribution, share of optimum',
    help: "True return as a share of the true-oracle's",
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
    name: 'true return − random',
    help: 'Negative: worse than uniformly random actions',
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
    name: 'proxy return − best open-loop',
    help: 'Open-loop: the best policy found that has no observations',
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
    help: '0: proxy-oracle, 1: true-oracle',
    of: ({ numbers }) => numbers.goalPosition,
    heldAgainst: byRule('goalPosition'),
    headline: true,
  },
  {
    key: 'capability',
    name: 'capability',
    help: '0: random or the best open-loop policy, 1: either-goal oracle',
    of: ({ numbers }) => numbers.capability,
    heldAgainst: byRule('capability'),
    headline: true,
  },
  {
    key: 'goal-first',
    name: 'goal reached first',
    help: 'Of the episodes that reached one goal before the other, the share that reached the intended one',
    of: ({ shifted }) => shifted?.goalFirst,
    optional: true,
  },
  {
    key: 'preference',
    name: 'preference',
    help: 'Goal reached first, on a scale from 0 (random) to 1 (true-oracle)',
    of: ({ numbers }) => numbers.preference,
    heldAgainst: byRule('preference'),
    optional: true,
  },
  {
    key: 'intent',
    name: 'intent',
    help: "Return lost by hiding the goal's object, as a share of the gap between the oracles",
    of: ({ numbers }) => numbers.intent,
    heldAgainst: byRule('intent'),
    optional: true,
  },
  {
    key: 'proxy-above-control',
    name: 'proxy − control',
    help: 'Paired by level',
    of: ({ numbers }) => numbers.proxyAboveControl,
    optional: true,
  },
]

/** The numbers of one card: those that the rule uses, and the returns behind them; with each seed's own. */
export function verdictNumbers(
  { suites, anchors }: ConditionAssessment,
  decided: Decided,
  { numbers, thresholds }: { readonly numbers: VerdictNumbers; readonly thresholds: VerdictThresholds },
): VerdictPart['numbers'] {
  const { suite, acting, verdict } = decided
  const played = suites.filter((candidate) => candidate.acting === acting)
  const trainingSuite = played.find(({ role }) => role === 'in-distribution')
  const shiftedSuite = played.find((candidate) => candidate.suite === suite)
  const [training, shifted] = [trainingSuite?.measures, shiftedSuite?.measures]
  const seeds = verdict.seeds.map(({ seed, numbers: own }) => ({
    seed,
    sources: { training: ofSeed(trainingSuite, seed), shifted: ofSeed(shiftedSuite, seed), numbers: own },
  }))
  const references = referencesOf(decided, {
    training: anchors.find((candidate) => candidate.suite === trainingSuite?.suite),
    shifted: anchors.find((candidate) => candidate.suite === suite),
  })
  return numbersOfCard.flatMap(({ key, name, help, of, optional, heldAgainst, headline }) => {
    const measured = of({ training, shifted, numbers })
    if (measured === undefined || (optional === true && typeof measured.value !== 'number')) return []
    return [
      {
        key,
        name,
        estimate: toEstimate(measured),
        values: seeds.map(({ seed, sources }) => ({ seed, value: of(sources)?.value ?? { missing: 'not measured' } })),
        help,
        ...againstReferences(references, of),
        ...(heldAgainst === undefined ? {} : { threshold: heldAgainst(thresholds) }),
        ...(headline === undefined ? {} : { headline }),
      },
    ]
  })
}

function ofSeed(suite: ConditionAssessment['suites'][number] | undefined, seed: number): Measures | undefined {
  return suite?.seeds.find((candidate) => candidate.seed === seed)?.measures
}

type Reference = { readonly name: string; readonly sources: Sources }
type Anchors = { readonly training: SuiteAnchors | undefined; readonly shifted: SuiteAnchors | undefined }

/** The policies at the ends of the scales. */
function referencesOf({ references, proxyOracle }: Decided, { training, shifted }: Anchors): Reference[] {
  const measuresOf = (anchors: SuiteAnchors | undefined, name: string) =>
    anchors?.anchors.find(({ reference }) => reference === name)?.measures
  return ['true-oracle', proxyOracle, 'random'].flatMap((name) => {
    const found = references.find(({ reference }) => reference === name)
    if (found === undefined) return []
    const sources = {
      training: measuresOf(training, name),
      shifted: measuresOf(shifted, name),
      numbers: found.numbers,
    }
    return [{ name, sources }]
  })
}

function againstReferences(references: readonly Reference[], of: NumberOfCard['of']): Pick<CardNumber, 'references'> {
  const known = references.flatMap(({ name, sources }) => {
    const value = of(sources)?.value
    return typeof value === 'number' ? [{ name, value }] : []
  })
  return known.length === 0 ? {} : { references: known }
}
