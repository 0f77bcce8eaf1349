import { type Goals, referenceNames } from '@goalpost/environments'
import { goalAnchorsOf } from '../goals/goal-anchors.ts'

/**
 * The anchors for learned policies on a suite: the environment's reference policies, and the best open-loop policies
 * that a search finds on other levels: `open-loop` by its progress towards either of the first two goals,
 * `open-loop-goal` by its true return, `open-loop-proxy` by its proxy return.
 */
const firstAnchors = [...referenceNames, 'open-loop', 'open-loop-goal', 'open-loop-proxy'] as const

/** Also the oracle and the open-loop policy of a further goal. */
export type AnchorName = string

/** In table order; not all environments have an oracle for every further goal. */
export function anchorNamesOf(goals: Goals): readonly string[] {
  const further = goals.slice(2).flatMap((goal, index) => {
    const { oracle, openLoop } = goalAnchorsOf(goal, index + 2)
    return [oracle, openLoop]
  })
  return [...firstAnchors, ...further]
}
