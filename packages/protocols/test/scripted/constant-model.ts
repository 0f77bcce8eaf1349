import { environments } from '@goalpost/environments'
import { createNetwork, exportPolicy, type NetworkSpec } from '@goalpost/learning'

const network: NetworkSpec = { kind: 'mlp', hidden: [1], activation: 'relu', crop: 0 }

/**
 * The ONNX file of a network for 5 × 5 corner levels whose weights are all 0: the biases of its head are its logits.
 */
export function constantModel(logits: readonly number[]): Promise<Uint8Array> {
  const environment = environments.get('corner')
  if (environment === undefined) throw new RangeError('there is no corner')
  const { shape, channels } = environment.observation(environment.parameters.parse({ size: 5 }))
  const { name, version, actions } = environment
  const made = { observation: shape, actions: actions.length }
  const parameters = new Float32Array(createNetwork(network, made).size)
  // The head's biases come last: of the logits, then of the value.
  parameters.set(logits, parameters.length - 1 - logits.length)
  const origin = {
    environment: { name, version },
    channels,
    actions: actions.map(({ name: action }) => action),
    step: 0,
  }
  return exportPolicy({ network, interface: made, parameters }, origin)
}
