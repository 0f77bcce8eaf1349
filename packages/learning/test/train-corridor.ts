import { createEngine, type Engine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { createIndexedLevels } from '../src/levels/level-source.ts'
import { createNetwork } from '../src/networks/network.ts'
import type { NetworkSpec } from '../src/networks/network-spec.ts'
import { defaultPpoOptions, type PpoOptions } from '../src/methods/ppo/options.ts'
import { createPpoTrainer, type PpoTrainer } from '../src/methods/ppo/trainer.ts'
import { corridorShape, createCorridorSimulator, drawCorridor } from './corridor.ts'

export const smallOptions: PpoOptions = {
  ...defaultPpoOptions,
  environments: 16,
  rolloutSteps: 16,
  epochs: 2,
  minibatches: 2,
  learningRate: 1e-2,
}

const smallMlp: NetworkSpec = { kind: 'mlp', hidden: [16], activation: 'relu', crop: 0 }

export type CorridorTraining = {
  readonly engine?: Engine
  readonly seed?: number
  readonly network?: NetworkSpec
  readonly options?: Partial<PpoOptions>
  readonly yieldToEventLoop?: () => Promise<void>
}

/** A trainer on corridors with levels, actions and initialisation determined by the seed. */
export async function trainCorridor(given: CorridorTraining = {}): Promise<PpoTrainer> {
  const options = { ...smallOptions, ...given.options }
  const stream = createStream(given.seed ?? 1)
  const levels = stream.named('levels')
  return createPpoTrainer({
    engine: given.engine ?? (await createEngine('tfjs:wasm')),
    network: createNetwork(given.network ?? smallMlp, { observation: corridorShape, actions: 2 }),
    options,
    simulator: createCorridorSimulator(options.environments),
    levels: createIndexedLevels(options.environments, (index) => drawCorridor(levels, index)),
    stream,
    yieldToEventLoop: given.yieldToEventLoop ?? (async () => {}),
  })
}
