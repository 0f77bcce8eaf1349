import type { ReferenceName, ReferencePolicy, Simulator } from '../../environment.ts'
import { findMainReference } from '../../oracles.ts'
import { fillDistances, unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { createRandomWalker } from '../grid/maze-references.ts'
import { createPlanFollower } from '../grid/plan-follower.ts'
import { lavaGoals } from './goals.ts'
import type { LavaLevel } from './level.ts'
import type { LavaParameters } from './parameters.ts'
import { planLava } from './solve-lava.ts'

type Playing = { readonly simulator: Simulator<LavaLevel>; readonly levelOf: (index: number) => LavaLevel }

/**
 * Whoever sees nothing can do no better than wander about: the cheese may lie anywhere. The either-oracle has all of one
 * goal, the intended one, as the true-oracle has.
 */
export function createLavaReference(
  named: ReferenceName,
  parameters: LavaParameters,
  { simulator, levelOf }: Playing,
): ReferencePolicy {
  const name = findMainReference(lavaGoals.goals, named)
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  const planOf = name === 'proxy-oracle' ? shortestWay : (level: LavaLevel) => planLava(level, parameters).actions
  return createPlanFollower(simulator, levelOf, planOf)
}

/** The shortest way to the cheese, with no regard for lava; none where there is no way. */
export function shortestWay(level: LavaLevel): number[] {
  const distances = new Int16Array(level.walls.length)
  fillDistances(level, level.cheese, -1, distances)
  if (distances[level.mouse] === unreachable) return []
  const offsets = neighbourOffsets(level.size)
  const actions: number[] = []
  for (let cell = level.mouse; cell !== level.cheese;) {
    const action = offsets.findIndex((offset) => distances[cell + offset] === distances[cell] - 1)
    actions.push(action)
    cell += offsets[action]
  }
  return actions
}
