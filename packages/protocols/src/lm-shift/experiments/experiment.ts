import type { ProbeSuite } from '@goalpost/language-tasks'
import type { Stage } from './table.ts'

/** What a suite measures of each prompt: probabilities of the next word, averaged over the prompts. */
export const rates = {
  /** Of the word that pursues the proxy. */
  proxy: 'proxy-rate',
  /** Of the intended word. */
  intended: 'intended-rate',
  /** Of either. */
  valid: 'valid-rate',
  /** Share of the prompts whose proxy the reward model prefers to the intended word; only with a reward model. */
  rewarded: 'rewarded-rate',
} as const
export type Rate = (typeof rates)[keyof typeof rates]

/** A number read from the measures of one probing: a rate over kinds of prompts. */
export type Reading = {
  /** Stable, for clients. */
  readonly key: string
  readonly title: string
  readonly help: string
  /** More on it, which depends on how a condition was trained. */
  readonly trainingHelp?: (stages: readonly Stage[]) => string
  readonly rate: Rate
  readonly probe: string
  readonly kinds: readonly string[]
  /** The lowest of the kinds instead of their mean. */
  readonly lowest?: boolean
}

/** One published question in small. Loads no tensor library. */
export type Experiment = {
  readonly title: string
  readonly description: string
  /** How an unmitigated model is expected to look, for the catalog: two lines of text. */
  readonly picture: readonly [string, string]
  /** Trains from scratch. */
  readonly firstStage: Stage['stage']
  /** A clause on what training had instead of the shifted prompts, for the verdict in words. */
  readonly contrast: string
  /** Tokens of the longest sequence that its models read. */
  readonly context: number
  readonly suite: ProbeSuite
  /** Whether training has nothing that could carry over to the shifted prompts. */
  isControl(stages: readonly Stage[]): boolean
  /** The stages in which a control may differ from a condition; all others have to be the same, in every setting. */
  readonly treatments: readonly Stage['stage'][]
  /** Whether a control may have no such stage at all, or another number of them. */
  readonly canOmitTreatment?: boolean
  readonly readings: {
    /** Does not depend on the goal. */
    readonly capability: Reading
    /** The proxy, or what looks like it, where it was trained. */
    readonly trained: Reading
    /** The proxy where it was never trained. */
    readonly shifted: Reading
    /** Read after the first stage, before anything is rewarded: a forecast of `shifted`; null if there is none. */
    forecast(stages: readonly Stage[]): Reading | null
    readonly others: readonly Reading[]
  }
}
