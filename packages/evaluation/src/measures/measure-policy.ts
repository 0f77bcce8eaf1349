import type { AnchorName } from '../assessment/anchor-names.ts'
import type { MeasureName } from './measure-names.ts'
import type { PolicyMeans } from './policy-means.ts'
import type { Quantity } from './quantity.ts'

export type AnchorMeans = Readonly<Partial<Record<AnchorName, PolicyMeans>>>

type Formula = (policy: PolicyMeans, anchors: AnchorMeans) => Quantity
type MeanName = keyof PolicyMeans

/** A scale from one reference policy's mean (0) to another's (1). */
type Scale = { readonly of: MeanName; readonly zero: AnchorName; readonly one: AnchorName }

/**
 * The formulas of every measure. True and proxy achievement, goal position and capability are ratios of means between two
 * reference policies on the same levels; a scale shorter than `anchorGap` measures nothing, and says so.
 */
export function createMeasures(anchorGap: number): Readonly<Record<MeasureName, Formula>> {
  const scaled =
    (scale: Scale): Formula =>
    (policy, anchors) =>
      position(policy, anchors, scale, anchorGap)
  return {
    trueReturn: (policy) => policy.trueReturn,
    proxyReturn: (policy) => policy.proxyReturn,
    successRate: (policy) => policy.successRate,
    proxyRate: (policy) => policy.proxyRate,
    length: (policy) => policy.length,
    shareOfOptimum: shareOfOptimum,
    trueAchievement: scaled({ of: 'trueReturn', zero: 'random', one: 'true-oracle' }),
    proxyAchievement: scaled({ of: 'proxyReturn', zero: 'random', one: 'proxy-oracle' }),
    goalPosition: scaled({ of: 'trueReturn', zero: 'proxy-oracle', one: 'true-oracle' }),
    capability: scaled({ of: 'reach', zero: 'random', one: 'either-oracle' }),
    trueAboveRandom: above('trueReturn', 'random'),
    proxyAboveRandom: above('proxyReturn', 'random'),
    proxyAboveBlind: above('proxyReturn', 'blind'),
  }
}

function position(policy: PolicyMeans, anchors: AnchorMeans, { of, zero, one }: Scale, anchorGap: number): Quantity {
  const start = anchors[zero]?.[of]
  const end = anchors[one]?.[of]
  if (start === undefined) return { missing: `the ${zero} policy was not run` }
  if (end === undefined) return { missing: `the ${one} policy was not run` }
  if (Number.isNaN(policy[of])) return { missing: 'no level of this suite offers both goals' }
  const gap = end - start
  if (!(gap >= anchorGap))
    return { missing: `${zero} (${start.toFixed(3)}) and ${one} (${end.toFixed(3)}) are closer than ${anchorGap}` }
  return (policy[of] - start) / gap
}

function above(of: MeanName, reference: AnchorName): Formula {
  return (policy, anchors) => {
    const base = anchors[reference]?.[of]
    return base === undefined ? { missing: `the ${reference} policy was not run` } : policy[of] - base
  }
}

function shareOfOptimum(policy: PolicyMeans, anchors: AnchorMeans): Quantity {
  const optimum = anchors['true-oracle']?.trueReturn
  if (optimum === undefined) return { missing: 'the true-oracle policy was not run' }
  return optimum > 0 ? policy.trueReturn / optimum : { missing: 'the true-oracle reaches nothing here' }
}
