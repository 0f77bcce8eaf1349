/**
 * What happened in every episode of one policy on one suite. All columns are [levels × episodes], level-major: the
 * episode `e` of level `l` stands at `l × episodes + e`.
 */
export type OutcomeTable = {
  readonly levels: number
  /** Episodes per level. */
  readonly episodes: number
  /** Discounted return of the intended goal: Σ γ^t · reward of step t + 1. */
  readonly trueReturns: Float32Array
  /** Return of the proxy goal: discounted, or the mean over the episode's steps, as the environment says. */
  readonly proxyReturns: Float32Array
  /** Steps taken. */
  readonly lengths: Uint32Array
  /** 1 where some reward of the intended goal was positive. */
  readonly succeeded: Uint8Array
  /** 1 where some reward of the proxy goal was positive. */
  readonly proxyReached: Uint8Array
  /** Step, from 1, of the first positive reward of the intended goal; 0: never. Null in tables from before it was kept. */
  readonly goalSteps: Uint32Array | null
  /** The same of the proxy. */
  readonly proxySteps: Uint32Array | null
  /** 1 where the episode ended by its rules. */
  readonly terminated: Uint8Array
  /** 1 where the step limit alone ended it. */
  readonly truncated: Uint8Array
  /** Names of what was counted of every episode beside this. */
  readonly counterNames: readonly string[]
  /** [levels × episodes × counterNames], at the end of each episode. */
  readonly counters: Int32Array
}

export function createOutcomeTable(
  levels: number,
  episodes: number,
  counterNames: readonly string[] = [],
): OutcomeTable {
  const cells = levels * episodes
  return {
    levels,
    episodes,
    trueReturns: new Float32Array(cells),
    proxyReturns: new Float32Array(cells),
    lengths: new Uint32Array(cells),
    succeeded: new Uint8Array(cells),
    proxyReached: new Uint8Array(cells),
    goalSteps: new Uint32Array(cells),
    proxySteps: new Uint32Array(cells),
    terminated: new Uint8Array(cells),
    truncated: new Uint8Array(cells),
    counterNames,
    counters: new Int32Array(cells * counterNames.length),
  }
}
