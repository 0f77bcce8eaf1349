import type { Goal } from '@goalpost/environments'

/** Which policies a goal's achievement is measured between. */
export type GoalAnchors = {
  /** Pursues this goal alone. */
  readonly oracle: string
  /** The best policy found that sees nothing, by this goal's return. */
  readonly openLoop: string
}

/** The first two goals have names that are older than many goals: stored results use them. */
const firstTwo: readonly GoalAnchors[] = [
  { oracle: 'true-oracle', openLoop: 'open-loop-goal' },
  { oracle: 'proxy-oracle', openLoop: 'open-loop-proxy' },
]

/** @param index of the goal among the environment's */
export function goalAnchorsOf({ name }: Pick<Goal, 'name'>, index: number): GoalAnchors {
  return firstTwo[index] ?? { oracle: `${name}-oracle`, openLoop: `open-loop-${name}` }
}
