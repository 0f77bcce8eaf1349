import { environments, sampleMixture, type Simulator } from '@goalpost/environments'
import {
  createNetwork,
  defaultConv,
  defaultMlp,
  defaultPpoOptions,
  type Network,
  type NetworkSpec,
  type PpoOptions,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'

/** One network on the corner world of one size, all levels with the cheese in the corner. */
export type Workload = {
  readonly name: string
  /** Side of the interior. */
  readonly size: number
  readonly spec: NetworkSpec
  /** Steps of each of the 256 environments in one rollout; an episode has as many at most. */
  readonly rolloutSteps: number
}

export const workloads = {
  mlp13: { name: 'mlp, corner 13×13 (675 inputs)', size: 13, spec: defaultMlp, rolloutSteps: 128 },
  conv13: { name: 'conv, corner 13×13 (15×15×3)', size: 13, spec: defaultConv, rolloutSteps: 128 },
  mlp5: { name: 'mlp, corner 5×5 (147 inputs)', size: 5, spec: defaultMlp, rolloutSteps: 32 },
  cropped5: {
    name: 'mlp, corner 5×5, cropped (75 inputs)',
    size: 5,
    spec: { ...defaultMlp, crop: 1 },
    rolloutSteps: 32,
  },
  conv5: { name: 'conv, corner 5×5 (7×7×3)', size: 5, spec: defaultConv, rolloutSteps: 32 },
} as const satisfies Record<string, Workload>
export type WorkloadName = keyof typeof workloads

export type World = {
  readonly network: Network
  readonly simulator: Simulator<unknown>
  levelOf(index: number): unknown
}

export type WorldOptions = {
  /** Slots of the simulator. */
  readonly batch: number
  /** Whether a first layer looks rows of one-hot planes up, as everywhere in Goalpost, instead of multiplying them. */
  readonly lookups?: boolean
}

export function createWorld(workload: Workload, { batch, lookups = true }: WorldOptions): World {
  const environment = environments.get('corner')
  if (environment === undefined) throw new Error('there is no corner environment')
  const { size, rolloutSteps } = workload
  const parameters = environment.parameters.parse({ size, maxSteps: rolloutSteps, discount: 0.99 })
  const levels = createStream(1).named('levels')
  const { shape, oneHot = [] } = environment.observation(parameters)
  return {
    network: createNetwork(workload.spec, {
      observation: shape,
      oneHot: lookups ? oneHot : [],
      actions: environment.actions.length,
    }),
    simulator: environment.createSimulator(parameters, batch),
    levelOf: (index) => sampleMixture({ environment, parameters, alpha: 0 }, levels, index),
  }
}

/** 256 environments, 4 epochs × 4 minibatches. */
export function trainingOptions({ rolloutSteps }: Workload): PpoOptions {
  return { ...defaultPpoOptions, rolloutSteps }
}
