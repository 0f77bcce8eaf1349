import type { Oracles } from '../grid/define-gridworld.ts'
import { planning } from '../grid/plan-follower.ts'
import { goRound } from './go-round.ts'
import type { FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'
import { followPlan, planOrder, planTour } from './solve-follow.ts'

/** Like the leader, the proxy's oracle goes round repeatedly. */
export const followOracles: Oracles<FollowParameters, FollowLevel> = {
  'right-order': planning((level, parameters) => followPlan(level, planOrder(level, parameters))),
  'leader-order': planning(walkTours),
}

function walkTours(level: FollowLevel, parameters: FollowParameters): number[] {
  const plan = planTour(level, parameters)
  const first = followPlan(level, plan)
  return first.concat(goRound(level, plan, parameters.maxSteps - first.length))
}
