import type { ReferenceName } from '@goalpost/environments'

/** Affinity stands between the first two; the third is what could be had. */
export const continuingReferences = [
  'random',
  'proxy-oracle',
  'true-oracle',
] as const satisfies readonly ReferenceName[]
