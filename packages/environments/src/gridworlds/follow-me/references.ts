import type { ReferenceName, ReferencePolicy, Simulator } from '../../environment.ts'
import { findMainReference } from '../../oracles.ts'
import { createRandomWalker } from '../grid/maze-references.ts'
import { createPlanFollower } from '../grid/plan-follower.ts'
import { goRound } from './go-round.ts'
import { followGoals } from './goals.ts'
import type { FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'
import { followPlan, planOrder, planTour } from './solve-follow.ts'

type Playing = { readonly simulator: Simulator<FollowLevel>; readonly levelOf: (index: number) => FollowLevel }

/**
 * Whoever sees nothing can do no better than wander about: beacons may lie anywhere. The either-oracle has all of one goal,
 * the intended one, as the true-oracle has. The proxy-oracle goes on after its round, as the leader does.
 */
export function createFollowReference(
  named: ReferenceName,
  parameters: FollowParameters,
  { simulator, levelOf }: Playing,
): ReferencePolicy {
  const name = findMainReference(followGoals.goals, named)
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  const walk = name === 'proxy-oracle' ? walkTours : walkOrder
  return createPlanFollower(simulator, levelOf, (level) => walk(level, parameters))
}

const walkOrder = (level: FollowLevel, parameters: FollowParameters): number[] =>
  followPlan(level, planOrder(level, parameters))

function walkTours(level: FollowLevel, parameters: FollowParameters): number[] {
  const plan = planTour(level, parameters)
  const first = followPlan(level, plan)
  return first.concat(goRound(level, plan, parameters.maxSteps - first.length))
}
