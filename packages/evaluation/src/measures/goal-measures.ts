import type { Goals } from '@goalpost/environments'
import type { Quantity } from '@goalpost/statistics'
import { goalAnchorsOf } from '../goals/goal-anchors.ts'
import type { GoalMeans } from './goal-columns.ts'
import type { MeasureName } from './measure-names.ts'
import type { PolicyMeans } from './policy-means.ts'
import { placeOnScale } from './scale.ts'

/** The measures of one policy about one goal. */
export const goalMeasureNames = [
  /** Mean return. */
  'return',
  /** Return between random (0) and the goal's oracle (1). */
  'achievement',
  /** Share of the episodes that reached it. */
  'reached',
  /** Share of the episodes that reached some goal before all others, in which it was this one. */
  'first',
  /** Return minus that of the best open-loop policy found for this goal. */
  'aboveOpenLoop',
  /** For a proxy: true return between its oracle (0) and the true-oracle (1). */
  'goalPosition',
  /** For a proxy: how often the intended goal is reached before it, between random (0) and the true-oracle (1). */
  'preference',
] as const
export type GoalMeasureName = (typeof goalMeasureNames)[number]

export function isGoalMeasure(name: string): name is GoalMeasureName {
  return goalMeasureNames.some((known) => known === name)
}

/** Measures that have names of their own for the first two goals. */
export const ownMeasures: readonly Readonly<Partial<Record<GoalMeasureName, MeasureName>>>[] = [
  { return: 'trueReturn', achievement: 'trueAchievement', reached: 'successRate', aboveOpenLoop: 'trueAboveOpenLoop' },
  {
    return: 'proxyReturn',
    achievement: 'proxyAchievement',
    reached: 'proxyRate',
    aboveOpenLoop: 'proxyAboveOpenLoop',
    goalPosition: 'goalPosition',
    preference: 'preference',
  },
]

/** One policy's means: overall and for the first two goals, and for each goal. */
export type WeighedPolicy = { readonly means: PolicyMeans; readonly goals: readonly GoalMeans[] }
export type WeighedAnchors = ReadonlyMap<string, WeighedPolicy>

type GoalFormula = (policy: WeighedPolicy, anchors: WeighedAnchors) => Quantity

/** By goal: the formulas of all measures without a name. */
export function createGoalMeasures(
  goals: Goals,
  minAnchorGap: number,
): readonly Readonly<Partial<Record<GoalMeasureName, GoalFormula>>>[] {
  return goals.map((goal, index) => {
    const first: GoalFormula = ({ goals: means }) => known(means[index].firstShare, noFirst)
    if (index < 2) return { first }
    const { oracle, openLoop } = goalAnchorsOf(goal, index)
    const of = (measure: keyof GoalMeans) => (policy: WeighedPolicy) => policy.goals[index][measure]
    const scaled = (valueOf: (policy: WeighedPolicy) => number, zero: string, one: string): GoalFormula => {
      return (policy, anchors) => {
        const end = (name: string) => ({ name, value: valueAt(anchors.get(name), valueOf) })
        return placeOnScale(valueOf(policy), { zero: [end(zero)], one: end(one), minAnchorGap, nothing: unmeasured })
      }
    }
    const common = {
      return: (policy: WeighedPolicy) => known(of('earned')(policy), unmeasured),
      achievement: scaled(of('earned'), 'random', oracle),
      reached: (policy: WeighedPolicy) => known(of('reached')(policy), unmeasured),
      first,
      aboveOpenLoop: above(of('earned'), openLoop),
    }
    if (goal.role !== 'proxy') return common
    return {
      ...common,
      goalPosition: scaled(({ means }) => means.goal, oracle, 'true-oracle'),
      preference: scaled(of('intendedFirst'), 'random', 'true-oracle'),
    }
  })
}

function valueAt(policy: WeighedPolicy | undefined, valueOf: (policy: WeighedPolicy) => number): number | undefined {
  return policy === undefined ? undefined : valueOf(policy)
}

const unmeasured = 'the episodes say nothing of this goal'
const noFirst = 'no episode reached one goal before the others'

function known(value: number, otherwise: string): Quantity {
  return Number.isNaN(value) ? { missing: otherwise } : value
}

function above(valueOf: (policy: WeighedPolicy) => number, reference: string): GoalFormula {
  return (policy, anchors) => {
    const base = anchors.get(reference)
    if (base === undefined) return { missing: `the ${reference} policy was not run` }
    return known(valueOf(policy) - valueOf(base), unmeasured)
  }
}
