import type { ReferenceName, ReferencePolicy, Simulator } from '../environment.ts'
import { createRandomWalker } from '../gridworld/maze-references.ts'
import { createPlanFollower } from '../gridworld/plan-follower.ts'
import type { FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'
import { followPlan, planOrder, planTour } from './solve-follow.ts'

type Playing = { readonly simulator: Simulator<FollowLevel>; readonly levelOf: (index: number) => FollowLevel }

/**
 * Whoever sees nothing can do no better than wander about: beacons may lie anywhere. The either-oracle has all of one goal,
 * the intended one, as the true-oracle has.
 */
export function createFollowReference(
  name: ReferenceName,
  parameters: FollowParameters,
  { simulator, levelOf }: Playing,
): ReferencePolicy {
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  const plan = name === 'proxy-oracle' ? planTour : planOrder
  return createPlanFollower(simulator, levelOf, (level) => followPlan(level, plan(level, parameters)))
}
