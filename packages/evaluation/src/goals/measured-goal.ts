import type { Environment, ProxyAggregate, Simulator } from '@goalpost/environments'
import type { PerGoal } from './map-goals.ts'

/** What measuring needs to know of a goal. */
export type MeasuredGoal = {
  readonly name: string
  readonly description: string
  readonly phrase?: string
  readonly role: 'intended' | 'proxy' | 'other'
  readonly aggregate?: ProxyAggregate
}
export type MeasuredGoals = PerGoal<MeasuredGoal>

type Goals = Pick<Environment, 'intendedGoal' | 'proxyGoal'>

export function goalsOf({ intendedGoal, proxyGoal }: Goals): MeasuredGoals {
  return [
    { ...intendedGoal, role: 'intended' },
    { ...proxyGoal, role: 'proxy' },
  ]
}

/** [goal][batch] rewards of the last step, parallel to the goals. */
export function goalRewardsOf({ rewards, proxyRewards }: Pick<Simulator<never>, 'rewards' | 'proxyRewards'>) {
  return [rewards, proxyRewards]
}
