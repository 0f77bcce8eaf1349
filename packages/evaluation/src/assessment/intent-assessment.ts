import type { Estimate } from '@goalpost/statistics'
import type { SpreadOverSeeds } from '../verdicts/seeds-to-settle.ts'

/** Measures in sight of an object minus those with the object hidden. */
export type IntentEstimates = {
  readonly trueReturn: Estimate
  readonly proxyReturn: Estimate
  /**
   * Of what tells the goal: the difference in true return, over that between true-oracle and proxy-oracle. Of what tells
   * the proxy: the difference in proxy return, over that between proxy-oracle and random. 0: the object is ignored.
   */
  readonly share: Estimate
}

/** What the policies of a condition do on a suite because they see an object: estimates over seeds. */
export type IntentAssessment = IntentEstimates & {
  readonly suite: string
  readonly object: string
  readonly tells: 'goal' | 'proxy'
  /** What the interval of the share over seeds is made of; absent with fewer than two seeds, or without a share. */
  readonly spread?: SpreadOverSeeds
  /** Over levels and episodes; seeds without a pair of tables are absent. */
  readonly seeds: readonly (IntentEstimates & { readonly seed: number })[]
}
