import type { Decision } from '@goalpost/environments'
import { logLikelihood, weighGoals } from './goal-evidence.ts'
import { logSumExp, posteriorOf } from './log-space.ts'
import { manners } from './manners.ts'

type Episode = {
  /** How many actions there are to choose from. */
  readonly actions: number
  /** How many candidate goals there are. */
  readonly goals: number
  readonly trajectory: readonly Decision[]
}

/**
 * P(goal | the first decisions of an episode, agent), by goal, in the order of `Decision.optimal`: what `inferAgency`
 * concludes from this beginning alone. Uniform before the first decision.
 */
export function goalsAfter({ actions, goals, trajectory }: Episode, decisions: number): number[] {
  const evidence = weighGoals(trajectory.slice(0, decisions), goals, actions)
  return posteriorOf(evidence.map((each) => logSumExp(manners.map((manner) => logLikelihood(each, manner).all))))
}
