import type { JsonObject } from '@goalpost/contracts'
import type { TrainedOptions } from '../../spec.ts'
import type { NetworkOptions } from './network-options.ts'
import type { PpoOptions } from './ppo-options.ts'

export type TrainInputs = {
  readonly environment: string
  readonly parameters: JsonObject
  readonly alpha: number
  readonly levels: TrainedOptions['levels']
  readonly iterations: number
  /** Iterations after which the policy and the training state are kept; the first is 0, the last is the end. */
  readonly checkpoints: readonly number[]
  readonly network: NetworkOptions
  readonly ppo: PpoOptions
}

export type TrainedLevels = Pick<TrainInputs, 'environment' | 'parameters' | 'alpha' | 'levels'>
