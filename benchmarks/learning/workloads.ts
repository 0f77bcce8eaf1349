import { environments, sampleMixture, type Simulator } from '@goalpost/environments'
import {
  createNetwork,
  defaultConv,
  defaultImpala,
  defaultMlp,
  defaultPpoOptions,
  type Network,
  type NetworkSpec,
  type PpoOptions,
} from '@goalpost/learning'
import { createStream } from '@goalpost/random'
import { createImageSimulator } from './images.ts'

/** One network on the corner world of one size, all levels with the cheese in the corner, or on meaningless images. */
export type Workload = {
  readonly name: string
  readonly world: 'corner' | 'images'
  /** Side of the corner world's interior, or of the image. */
  readonly size: number
  readonly spec: NetworkSpec
  /** Steps of each environment in one rollout; an episode has at most as many. */
  readonly rolloutSteps: number
  readonly environments: number
  /** Samples of the separately timed update. */
  readonly samples: number
}

const cornerTraining = { world: 'corner', environments: 256, samples: 2_048 } as const

export const workloads = {
  mlp13: { ...cornerTraining, name: 'mlp, corner 13×13 (675 inputs)', size: 13, spec: defaultMlp, rolloutSteps: 128 },
  conv13: { ...cornerTraining, name: 'conv, corner 13×13 (15×15×3)', size: 13, spec: defaultConv, rolloutSteps: 128 },
  mlp5: { ...cornerTraining, name: 'mlp, corner 5×5 (147 inputs)', size: 5, spec: defaultMlp, rolloutSteps: 32 },
  cropped5: {
    ...cornerTraining,
    name: 'mlp, corner 5×5, cropped (75 inputs)',
    size: 5,
    spec: { ...defaultMlp, crop: 1 },
    rolloutSteps: 32,
  },
  conv5: { ...cornerTraining, name: 'conv, corner 5×5 (7×7×3)', size: 5, spec: defaultConv, rolloutSteps: 32 },
  impala64: {
    name: 'IMPALA 16/32/32, 64×64×3',
    world: 'images',
    size: 64,
    spec: defaultImpala,
    rolloutSteps: 64,
    environments: 64,
    samples: 512,
  },
} as const satisfies Record<string, Workload>
export type WorkloadName = keyof typeof workloads

/** The number in Procgen's worlds. */
const imageActions = 15

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

export function createWorld(workload: Workload, options: WorldOptions): World {
  return workload.world === 'corner' ? createCorner(workload, options) : createImages(workload, options)
}

function createImages({ size, spec, rolloutSteps }: Workload, { batch }: WorldOptions): World {
  return {
    network: createNetwork(spec, { observation: [size, size, 3], actions: imageActions }),
    simulator: createImageSimulator(size, rolloutSteps, batch),
    levelOf: (index) => index,
  }
}

function createCorner(workload: Workload, { batch, lookups = true }: WorldOptions): World {
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

/** 4 epochs × 4 minibatches; 8 minibatches for images, as they are larger. */
export function trainingOptions({ rolloutSteps, environments, world }: Workload): PpoOptions {
  return { ...defaultPpoOptions, rolloutSteps, environments, minibatches: world === 'corner' ? 4 : 8 }
}
