import type { Goal } from '@goalpost/environments'

/** The policies between which a goal's achievement is measured. */
export type GoalAnchors = {
  /** Pursues this goal alone. */
  readonly oracle: string
  /** The best blind policy found, by this goal's return. */
  readonly openLoop: string
}

/** The first two goals have older names, which stored results use. */
const firstTwo: readonly GoalAnchors[] = [
  { oracle: 'true-oracle', openLoop: 'open-loop-goal' },
  { oracle: 'proxy-oracle', openLoop: 'open-loop-proxy' },
]

/** @param index of the goal among the environment's */
export function goalAnchorsOf({ name }: Pick<Goal, 'name'>, index: number): GoalAnchors {
  return firstTwo[index] ?? { oracle: `${name}-oracle`, openLoop: `open-loop-${name}` }
}
