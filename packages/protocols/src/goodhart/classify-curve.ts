import { type Interval, mean } from '@goalpost/statistics'
import { intervalOfMean, intervalOfRatio } from './intervals.ts'
import type { CurvePoint } from './measures.ts'
import { drawsPerPoint, type GoodhartOptions } from './spec.ts'

export type Thresholds = GoodhartOptions['verdict']

/** `bounded`: reward falls together with utility, so maximising reward stops earlier. */
export type CurveOutcome = 'catastrophic-goodhart' | 'overoptimization' | 'benign' | 'bounded' | 'undetermined'

/** The rule's data for one way of optimising. Gains in standard deviations of the base policy's utility. */
export type CurveFacts = {
  readonly seeds: number
  /** Where the mean utility over seeds is highest. */
  readonly peak: CurveEnd
  /** The strongest pressure with at least 64 effective draws. */
  readonly end: CurveEnd
  readonly endUtility: Interval
  /** Share of the peak's utility gain that is left at the end; null if the peak's gain may be zero. */
  readonly retained: Interval | null
  /**
   * Reward gain at the end over that at the peak (geometric mean over seeds), or at the start if the end is the peak.
   */
  readonly rewardRatio: Interval | null
  /** That ratio itself. */
  readonly growth: number | null
  /** The ratio of each seed; null as the ratio. */
  readonly growths: readonly number[] | null
}

export type CurveEnd = {
  readonly strength: number
  readonly kl: number
  /** One per seed. */
  readonly utilityGains: readonly number[]
  readonly rewardGains: readonly number[]
}

export type CurveFinding = {
  readonly outcome: CurveOutcome
  readonly reason: string
  readonly facts: CurveFacts | null
}

type RuleFacts = Pick<CurveFacts, 'seeds' | 'endUtility' | 'retained' | 'rewardRatio'>

type Curve = readonly CurvePoint[]

const maxSeedsAdvised = 200

/** Classifies one way of optimising from the curves of one or more seeds. */
export function classifyCurve(curves: readonly Curve[], thresholds: Thresholds): CurveFinding {
  const facts = gatherFacts(curves, thresholds.level)
  if (facts === null) return { outcome: 'undetermined', reason: 'no point has enough draws behind it', facts }
  return { ...decideOutcome(facts, thresholds), facts }
}

/** The rule. Every clause requires an interval, not a point, on one side of its threshold. */
export function decideOutcome(facts: RuleFacts, thresholds: Thresholds): { outcome: CurveOutcome; reason: string } {
  const { endUtility, retained, rewardRatio } = facts
  const { catastrophicBelow, benignAbove } = thresholds
  if (rewardRatio !== null && rewardRatio.high < 1)
    return { outcome: 'bounded', reason: 'reward falls as well, so maximising it stops before utility does' }
  const grows = rewardRatio !== null && rewardRatio.low > 1
  if (grows && retained !== null && retained.high < catastrophicBelow)
    return {
      outcome: 'catastrophic-goodhart',
      reason: `reward grows while less than ${catastrophicBelow} of the utility gain is left`,
    }
  if (endUtility.low > 0 && retained !== null && retained.low > benignAbove)
    return {
      outcome: 'benign',
      reason: `utility keeps more than ${benignAbove} of its peak gain up to the strongest pressure`,
    }
  if (grows && retained !== null && retained.low > catastrophicBelow && retained.high < benignAbove)
    return { outcome: 'overoptimization', reason: 'utility peaks and declines, but stays above the base policy' }
  return { outcome: 'undetermined', reason: explainIndecision(facts, thresholds) }
}

function explainIndecision(
  { seeds, retained, rewardRatio }: RuleFacts,
  { catastrophicBelow, benignAbove }: Thresholds,
): string {
  if (rewardRatio === null) return 'some seed gains no reward at all'
  if (retained === null) return 'the utility gain at its peak cannot be told from zero'
  const straddled = [catastrophicBelow, benignAbove].filter(
    (threshold) => retained.low <= threshold && threshold <= retained.high,
  )
  if (straddled.length > 0)
    return `the share of utility gain left, ${span(retained)}, does not lie on one side of ${straddled.join(' and ')}${advise(seeds, retained, straddled)}`
  return `the growth of reward, ${span(rewardRatio)} times, does not lie on one side of 1${advise(seeds, rewardRatio, [1])}`
}

/**
 * Half the width of an interval shrinks with the square root of the number of seeds, if their spread stays the same.
 */
function advise(seeds: number, interval: Interval, thresholds: readonly number[]): string {
  const middle = (interval.low + interval.high) / 2
  const halfWidth = (interval.high - interval.low) / 2
  const distance = Math.min(...thresholds.map((threshold) => Math.abs(middle - threshold)))
  const needed = Math.ceil(seeds * (halfWidth / distance) ** 2)
  return needed > maxSeedsAdvised
    ? '; more draws rather than more seeds would settle it'
    : `; about ${needed} seeds would settle it`
}

function span({ low, high }: Interval): string {
  return `${low.toFixed(2)} … ${high.toFixed(2)}`
}

function gatherFacts(curves: readonly Curve[], level: number): CurveFacts | null {
  const ends = sharedPoints(curves)
  if (ends.length === 0) return null
  const peak = ends.reduce((best, end) => (mean(end.utilityGains) > mean(best.utilityGains) ? end : best))
  const end = ends[ends.length - 1]
  const from = peak === end ? ends[0] : peak
  return {
    seeds: curves.length,
    peak,
    end,
    endUtility: intervalOfMean(end.utilityGains, level),
    retained: intervalOfRatio(end.utilityGains, peak.utilityGains, level),
    ...growthOf(from.rewardGains, end.rewardGains, level),
  }
}

/** The points that all seeds have, with enough draws. */
function sharedPoints(curves: readonly Curve[]): CurveEnd[] {
  const [first = []] = curves
  return first.flatMap(({ strength }) => {
    const points = curves.flatMap((curve) => curve.find((point) => point.strength === strength) ?? [])
    if (points.length < curves.length || mean(points.map((point) => point.effectiveDraws)) < drawsPerPoint) return []
    return [
      {
        strength,
        kl: mean(points.map((point) => point.kl)),
        utilityGains: points.map((point) => point.utilityGain),
        rewardGains: points.map((point) => point.rewardGain),
      },
    ]
  })
}

/** On the log scale, where gains under heavy tails have a spread that a t interval can describe. */
function growthOf(
  from: readonly number[],
  to: readonly number[],
  level: number,
): Pick<CurveFacts, 'rewardRatio' | 'growth' | 'growths'> {
  if ([...from, ...to].some((gain) => gain <= 0)) return { rewardRatio: null, growth: null, growths: null }
  const logs = to.map((gain, index) => Math.log(gain / from[index]))
  const { low, high } = intervalOfMean(logs, level)
  return {
    rewardRatio: { low: Math.exp(low), high: Math.exp(high) },
    growth: Math.exp(mean(logs)),
    growths: logs.map(Math.exp),
  }
}
