import type { HostedSuite } from '@goalpost/language-tasks'

/** Items that are counted together. */
export type Counted = {
  readonly title: string
  readonly help: string
  readonly probe: string
  /** Missing: all of the probe. */
  readonly kinds?: readonly string[]
}

/** One published question, asked of a model that was trained elsewhere. */
export type HostedExperiment = {
  readonly title: string
  readonly description: string
  readonly picture: readonly [string, string]
  /** What a model that pursues the proxy does, in words. */
  readonly pursues: string
  /** The prompts that leave out what could lead to the proxy. */
  readonly control: string
  suite(prompts: string): HostedSuite
  /** Does not depend on the goal. */
  readonly capability: Counted
  /** Where proxy and intended goal differ. */
  readonly shifted: readonly Counted[]
  readonly others: readonly Counted[]
}
