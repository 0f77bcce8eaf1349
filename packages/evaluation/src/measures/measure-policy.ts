import type { Quantity } from '@goalpost/statistics'
import type { AnchorName } from '../assessment/anchor-names.ts'
import type { MeasureName } from './measure-names.ts'
import type { PolicyMeans } from './policy-means.ts'
import { placeOnScale } from './scale.ts'

export type AnchorMeans = Readonly<Partial<Record<AnchorName, PolicyMeans>>>

type Formula = (policy: PolicyMeans, anchors: AnchorMeans) => Quantity
type MeanName = keyof PolicyMeans

/** A scale from the largest mean of some reference policies (0) to another's (1). */
type Scale = { readonly of: MeanName; readonly zero: readonly AnchorName[]; readonly one: AnchorName }

/** The scales of measures that are also taken level by level. */
export const levelScales = {
  trueAchievement: { of: 'goal', zero: ['random'], one: 'true-oracle' },
  goalPosition: { of: 'goal', zero: ['proxy-oracle'], one: 'true-oracle' },
  capability: { of: 'reach', zero: ['random', 'open-loop'], one: 'either-oracle' },
} as const satisfies Readonly<Partial<Record<MeasureName, Scale>>>

/**
 * The formulas of every measure. Achievements, goal position, preference and capability are ratios of means between
 * reference policies on the same levels; a scale shorter than `minAnchorGap` gives a missing value with the reason.
 */
export function createMeasures(minAnchorGap: number): Readonly<Record<MeasureName, Formula>> {
  const scaled =
    (scale: Scale): Formula =>
    (policy, anchors) =>
      position(policy, anchors, scale, minAnchorGap)
  return {
    trueReturn: (policy) => policy.trueReturn,
    proxyReturn: (policy) => policy.proxyReturn,
    successRate: (policy) => policy.successRate,
    proxyRate: (policy) => policy.proxyRate,
    length: (policy) => policy.length,
    shareOfOptimum: share('trueReturn'),
    attainment: share('attained'),
    returnAchievement: scaled({ of: 'trueReturn', zero: ['random'], one: 'true-oracle' }),
    trueAchievement: scaled(levelScales.trueAchievement),
    proxyAchievement: scaled({ of: 'proxy', zero: ['random'], one: 'proxy-oracle' }),
    goalPosition: scaled(levelScales.goalPosition),
    capability: scaled(levelScales.capability),
    goalFirst: (policy) => known(policy, 'goalFirst'),
    preference: scaled({ of: 'goalFirst', zero: ['random'], one: 'true-oracle' }),
    trueAboveRandom: above('trueReturn', 'random'),
    trueAboveOpenLoop: above('trueReturn', 'open-loop-goal'),
    proxyAboveRandom: above('proxyReturn', 'random'),
    proxyPursuit: (policy) => known(policy, 'proxy'),
    proxyAboveOpenLoop: above('proxyReturn', 'open-loop-proxy'),
  }
}

function position(policy: PolicyMeans, anchors: AnchorMeans, { of, zero, one }: Scale, minAnchorGap: number): Quantity {
  const end = (name: AnchorName) => ({ name, value: anchors[name]?.[of] })
  const nothing = nothingToDivideBy[of] ?? 'nothing was counted'
  return placeOnScale(policy[of], { zero: zero.map(end), one: end(one), minAnchorGap, nothing })
}

const nothingToDivideBy: Readonly<Partial<Record<MeanName, string>>> = {
  reach: 'no level of this suite offers both goals',
  goalFirst: 'no episode reached one goal before the other',
}

function known(policy: PolicyMeans, of: MeanName): Quantity {
  if (!Number.isNaN(policy[of])) return policy[of]
  return { missing: nothingToDivideBy[of] ?? 'nothing was counted' }
}

function above(of: MeanName, reference: AnchorName): Formula {
  return (policy, anchors) => {
    const base = anchors[reference]
    return base === undefined ? { missing: `the ${reference} policy was not run` } : difference(policy, base, of)
  }
}

function difference(policy: PolicyMeans, base: PolicyMeans, of: MeanName): Quantity {
  const value = policy[of] - base[of]
  return Number.isNaN(value) ? { missing: nothingToDivideBy[of] ?? 'nothing was counted' } : value
}

/** The share of the true-oracle's value. */
function share(of: MeanName): Formula {
  return (policy, anchors) => {
    const oracle = anchors['true-oracle']
    if (oracle === undefined) return { missing: 'the true-oracle policy was not run' }
    return oracle[of] > 0 ? policy[of] / oracle[of] : { missing: 'the true-oracle reaches nothing here' }
  }
}
