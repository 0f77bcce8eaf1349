import { createHash } from 'node:crypto'
import { exportModel, withRank, type TensorFunction, type TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { createNetwork, type Network } from '../networks/network.ts'
import { product } from '../networks/parameters.ts'
import { encodePolicySnapshot, type PolicySnapshot } from './policy-snapshot.ts'

/** The metadata of an exported policy, so that the file can be used without Goalpost. */
export type PolicyOrigin = {
  readonly environment: { readonly name: string; readonly version: string }
  /** The content of each channel of an observation. */
  readonly channels: readonly string[]
  /** Names of the actions, in the order of the logits. */
  readonly actions: readonly string[]
  /** Environment steps of training. */
  readonly step: number
}

/**
 * A policy as a standalone ONNX model:
 *
 *   observation  uint8   [batch, height, width, channels]   whole: the model crops it
 *   state        float32 [batch, S]                         of recurrent networks only; zeros begin an episode
 *   → logits     float32 [batch, actions]
 *   → value      float32 [batch]
 *   → state_out  float32 [batch, S]                         of recurrent networks only: the next step's `state`
 *
 * Parameters are initializers under the network's own names. Equal snapshots and origins give equal bytes.
 */
export function exportPolicy(snapshot: PolicySnapshot, origin: PolicyOrigin): Promise<Uint8Array> {
  // Without one-hot and blank channels, the same parameters form a network that reads whole observations.
  const { oneHot: _, blank: __, ...made } = snapshot.interface
  const network = createNetwork(snapshot.network, made)
  const constants = cut(network, snapshot.parameters)
  const parameters = Object.fromEntries(network.parameters.map(({ name, shape }) => [name, float32(shape)]))
  const specs: TensorSpecs = {
    observation: { shape: [1, ...network.interface.observation], type: 'uint8' },
    ...(network.memory === null ? {} : { state: float32([1, network.memory.width]) }),
    ...parameters,
  }
  return exportModel(policyFunction(network), specs, { constants, metadata: describe(snapshot, origin) })
}

function policyFunction(network: Network): TensorFunction {
  const { actions } = network.interface
  const split = (output: Tensor2D, batch: number) => ({
    logits: tf.slice2d(output, [0, 0], [batch, actions]),
    value: tf.reshape(tf.slice2d(output, [0, actions], [batch, 1]), [batch]),
  })
  return (inputs) => {
    const { observation, state } = inputs
    const [batch] = observation.shape
    const arrays = network.parameters.map(({ name }): Tensor => inputs[name])
    if (network.memory === null) return split(network.forward(arrays, observation), batch)
    const carried = { state: withRank(state, 2), starts: tf.zeros<tf.Rank.R1>([batch]) }
    const step = network.memory.unroll(arrays, observation, carried)
    return { ...split(step.output, batch), state_out: step.state }
  }
}

function cut({ parameters }: Network, flat: Float32Array): Record<string, Float32Array> {
  let offset = 0
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const from = offset
      offset += product(shape)
      return [name, flat.slice(from, offset)]
    }),
  )
}

/** Lists and objects are JSON: the format allows only texts. */
function describe(snapshot: PolicySnapshot, origin: PolicyOrigin): Record<string, string> {
  const { environment, channels, actions, step } = origin
  const { parameters, network, interface: made } = snapshot
  return {
    environment: environment.name,
    environment_version: environment.version,
    observation_shape: JSON.stringify(made.observation),
    observation_channels: JSON.stringify(channels),
    actions: JSON.stringify(actions),
    network: JSON.stringify(network),
    training_step: String(step),
    policy_sha256: sha256(encodePolicySnapshot(snapshot)),
    parameters_sha256: sha256(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength)),
    producer: 'goalpost',
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function float32(shape: readonly number[]) {
  return { shape, type: 'float32' } as const
}
