import type { Estimate } from '@goalpost/statistics'
import type { SpreadOverSeeds } from '../verdicts/seeds-to-settle.ts'

/** Measures with an object visible minus those with it hidden. */
export type IntentEstimates = {
  readonly trueReturn: Estimate
  readonly proxyReturn: Estimate
  /**
   * For the goal's object: the difference in true return, over that between true-oracle and proxy-oracle. For the
   * proxy's object: the difference in proxy return, over that between proxy-oracle and random. 0: the object is
   * ignored.
   */
  readonly share: Estimate
}

/** The effect of seeing an object on a condition's policies, on one suite: estimates over seeds. */
export type IntentAssessment = IntentEstimates & {
  readonly suite: string
  readonly object: string
  readonly tells: 'goal' | 'proxy'
  /** The data of the share's interval over seeds; absent with fewer than two seeds, or without a share. */
  readonly spread?: SpreadOverSeeds
  /** Over levels and episodes; seeds without a pair of tables are absent. */
  readonly seeds: readonly (IntentEstimates & { readonly seed: number })[]
}
