import { referenceNames } from '@goalpost/environments'

/** Policies that others are measured against: the environment's references, and the best found that see nothing. */
export const anchorNames = [...referenceNames, 'open-loop', 'open-loop-proxy'] as const
export type AnchorName = (typeof anchorNames)[number]
