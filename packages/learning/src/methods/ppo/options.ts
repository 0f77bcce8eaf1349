import type { Network } from '../../networks/network.ts'

/** Options of proximal policy optimisation (Schulman et al., 2017, arXiv 1707.06347), with the field's names. */
export type PpoOptions = {
  /** Episodes played in lockstep. */
  readonly environments: number
  /** Steps of every environment in one rollout. environments × rolloutSteps is divisible by `minibatches`. */
  readonly rolloutSteps: number
  /** Passes over each rollout. */
  readonly epochs: number
  /** Updates per pass. */
  readonly minibatches: number
  /** γ */
  readonly discount: number
  /** λ of generalised advantage estimation. */
  readonly gaeLambda: number
  /** ε: how far the probability ratio may differ from 1 before the objective stops rewarding it. */
  readonly clip: number
  /** How far a value may move from the rollout's before its loss is clipped; null: not clipped. */
  readonly valueClip: number | null
  readonly valueCoefficient: number
  readonly entropyCoefficient: number
  readonly learningRate: number
  /** `linear` falls from `learningRate` to 0 at `totalSteps`. */
  readonly schedule: 'constant' | 'linear'
  /** The length of the linear schedule in environment steps. */
  readonly totalSteps: number
  readonly maxGradientNorm: number
  readonly adamEpsilon: number
  /** Whether a cut-off episode is worth the value of its last observation, or nothing, from then on. */
  readonly bootstrapTruncated: boolean
  /** Whether advantages are standardised within each minibatch. */
  readonly standardizeAdvantages: boolean
}

export const defaultPpoOptions: PpoOptions = {
  environments: 256,
  rolloutSteps: 32,
  epochs: 4,
  minibatches: 4,
  discount: 0.99,
  gaeLambda: 0.95,
  clip: 0.2,
  valueClip: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.01,
  learningRate: 2e-3,
  schedule: 'constant',
  totalSteps: 1_000_000,
  maxGradientNorm: 0.5,
  adamEpsilon: 1e-5,
  bootstrapTruncated: true,
  standardizeAdvantages: true,
}

/**
 * The most steps over which a recurrent network's update is unrolled: each is some thirty operations, forward and
 * backward.
 */
export const longestUnroll = 256

/** @throws RangeError if the options do not fit together, or do not fit the network. */
export function checkPpoOptions(options: PpoOptions, { memory }: Pick<Network, 'memory'>): void {
  const samples = options.environments * options.rolloutSteps
  if (!Number.isInteger(samples / options.minibatches) || samples < 1)
    throw new RangeError(`${samples} samples of a rollout cannot be divided into ${options.minibatches} minibatches`)
  if (options.epochs < 1) throw new RangeError('at least one epoch is needed')
  if (memory === null) return
  if (options.environments % options.minibatches !== 0)
    throw new RangeError(
      `a recurrent network learns from whole sequences: ${options.environments} environments cannot be divided into ` +
        `${options.minibatches} minibatches`,
    )
  if (options.rolloutSteps > longestUnroll)
    throw new RangeError(
      `a recurrent network learns through ${longestUnroll} steps at most, not ${options.rolloutSteps}`,
    )
}
