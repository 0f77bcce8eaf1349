import { referenceNames } from '@goalpost/environments'

/**
 * What learned policies are measured against on a suite: the environment's reference policies, and the best open-loop
 * policies that a search finds on other levels: `open-loop` by how far it gets towards either goal, `open-loop-goal` by
 * its true return, `open-loop-proxy` by its proxy return.
 */
export const anchorNames = [...referenceNames, 'open-loop', 'open-loop-goal', 'open-loop-proxy'] as const
export type AnchorName = (typeof anchorNames)[number]
