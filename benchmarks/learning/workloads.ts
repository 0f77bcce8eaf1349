import { environments, sampleMixture, type Simulator } from '@goalpost/environments'
import { createNetwork, defaultConv, defaultMlp, type Network, type NetworkSpec } from '@goalpost/learning'
import { createStream } from '@goalpost/random'

/** One network on the corner world of one size, all levels with the cheese in the corner. */
export type Workload = { readonly name: string; readonly size: number; readonly spec: NetworkSpec }

export const workloads: readonly Workload[] = [
  { name: 'mlp, corner 5×5 (147 inputs)', size: 5, spec: defaultMlp },
  { name: 'mlp, corner 5×5, border cropped (75 inputs)', size: 5, spec: { ...defaultMlp, crop: 1 } },
  { name: 'mlp, corner 13×13 (675 inputs)', size: 13, spec: defaultMlp },
  { name: 'conv, corner 5×5', size: 5, spec: defaultConv },
]

export type World = {
  readonly network: Network
  readonly simulator: Simulator<unknown>
  levelOf(index: number): unknown
}

export function createWorld({ size, spec }: Workload, batch: number): World {
  const environment = environments.get('corner')
  if (environment === undefined) throw new Error('there is no corner environment')
  const parameters = environment.parameters.parse({ size, maxSteps: 32, discount: 0.99 })
  const levels = createStream(1).named('levels')
  return {
    network: createNetwork(spec, {
      observation: environment.observation(parameters).shape,
      actions: environment.actions.length,
    }),
    simulator: environment.createSimulator(parameters, batch),
    levelOf: (index) => sampleMixture({ environment, parameters, alpha: 0 }, levels, index),
  }
}
