import type { ReferenceName, ReferencePolicy, Simulator } from '../../environment.ts'
import { findMainReference } from '../../oracles.ts'
import { createRandomWalker } from '../grid/maze-references.ts'
import { createPlanFollower } from '../grid/plan-follower.ts'
import { cycleGoals } from './goals.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder } from './orders.ts'
import type { CycleParameters } from './parameters.ts'
import { cycleActions, planCycle } from './solve-cycle.ts'

type Playing = { readonly simulator: Simulator<CycleLevel>; readonly levelOf: (index: number) => CycleLevel }

/**
 * Whoever sees nothing can do no better than wander about: spheres may lie anywhere. The either-oracle has all of one goal,
 * the intended one, as the true-oracle has.
 */
export function createCycleReference(
  named: ReferenceName,
  parameters: CycleParameters,
  { simulator, levelOf }: Playing,
): ReferencePolicy {
  const name = findMainReference(cycleGoals.goals, named)
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  const orderOf = (level: CycleLevel) => (name === 'proxy-oracle' ? leaderOrder(level, parameters) : level.cycle)
  return createPlanFollower(simulator, levelOf, (level) =>
    cycleActions(level, planCycle(level, orderOf(level), parameters)),
  )
}
