import type { ReferenceName } from '@goalpost/environments'

/** Affinity is between the first two; the third is the best possible. */
export const continuingReferences = [
  'random',
  'proxy-oracle',
  'true-oracle',
] as const satisfies readonly ReferenceName[]
