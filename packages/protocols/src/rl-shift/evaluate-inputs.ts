import type { SuiteWorld } from '../worlds/suites/suite-world.ts'
import type { HiddenPlay } from './hidden-plays.ts'
import type { ImportedPolicyInputs } from './subjects/imported/imported-policy-inputs.ts'
import type { NetworkOptions } from './subjects/trained/network-options.ts'
import type { TrainedLevels } from './subjects/trained/train-inputs.ts'

/** Whose policy is evaluated: the one that the needed training left, or one from an uploaded file. */
export type EvaluateInputs = Evaluated & {
  readonly suites: readonly SuiteWorld[]
  readonly acting: readonly ('sampled' | 'greedy')[]
  readonly episodesPerLevel: number
  readonly batch: number
  /** Environment steps that the evaluated policy was trained for. */
  readonly step: number
  /** Whether the outcome of every level is kept, for verdicts and comparisons. */
  readonly keepOutcomes: boolean
  /** Suites that are played once more with an object out of sight, in the first acting mode; none where left out. */
  readonly hidden?: readonly HiddenPlay[]
  /** Episodes of each suite that are kept to be looked at, those that pursue the wrong goal; none where left out. */
  readonly recordings?: number
  /** Episodes of each suite and acting mode whose actions are kept; none where left out. */
  readonly trajectories?: number
}

/** Whose levels the evaluation looks for in its suites, at the end of a training; nowhere, where left out. */
type Trained = { readonly network: NetworkOptions; readonly training?: TrainedLevels }

type Evaluated = Trained | { readonly policy: ImportedPolicyInputs }
