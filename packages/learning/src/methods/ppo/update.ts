import { withRank, type TensorFunction, type TensorSpec, type TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Carried } from '../../networks/lstm.ts'
import type { Network } from '../../networks/network.ts'
import { adam, clipGradient, type AdamState } from '../../optimizers/adam.ts'
import { ppoLoss, type LossBatch, type Objective } from './loss.ts'
import type { PpoOptions } from './options.ts'

const lossParts = ['loss', 'policyLoss', 'valueLoss', 'entropy', 'approximateKl', 'clipFraction'] as const

/** The order of the output `metrics`. */
export const updateMetrics = [...lossParts, 'gradientNorm'] as const
export type UpdateMetric = (typeof updateMetrics)[number]

export function zeroMetrics(): Record<UpdateMetric, number> {
  return { loss: 0, policyLoss: 0, valueLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0, gradientNorm: 0 }
}

type Observed = { readonly observations: Tensor } & Partial<Carried>
type LossInputs = Pick<AdamState, 'parameters'> & LossBatch & Observed

/**
 * One update on one minibatch, by the objective of PPO or another one: loss, gradient, clipping by global norm, Adam. Pure.
 * Inputs: AdamState, AdamStep, LossBatch, `observations` [n, reading.length] and, for networks with a memory,
 * Carried, with whole sequences as samples, step-major; outputs: AdamState, and `metrics` [7].
 */
export function createUpdate(network: Network, options: PpoOptions, objective: Objective = ppoLoss): TensorFunction {
  return (inputs) => {
    const given = lossInputs(inputs)
    const { gradient: raw, parts } = lossGradient(network, given, options, objective)
    const { gradient, norm } = clipGradient(raw, options.maxGradientNorm)
    const moments = { firstMoment: withRank(inputs.firstMoment, 1), secondMoment: withRank(inputs.secondMoment, 1) }
    const next = adam({ parameters: given.parameters, ...moments }, gradient, {
      learningRate: withRank(inputs.learningRate, 0),
      firstCorrection: withRank(inputs.firstCorrection, 0),
      secondCorrection: withRank(inputs.secondCorrection, 0),
      epsilon: options.adamEpsilon,
    })
    return { ...next, metrics: tf.concat1d([parts, tf.reshape(norm, [1])]) }
  }
}

/** The inputs of a compiled function that `lossGradient` needs. */
export function lossInputs({ observations, state, starts, ...inputs }: Readonly<Record<string, Tensor>>): LossInputs {
  return {
    parameters: withRank(inputs.parameters, 1),
    actions: withRank(inputs.actions, 1),
    logProbabilities: withRank(inputs.logProbabilities, 1),
    advantages: withRank(inputs.advantages, 1),
    returns: withRank(inputs.returns, 1),
    values: withRank(inputs.values, 1),
    observations,
    ...(state && starts && { state: withRank(state, 2), starts: withRank(starts, 1) }),
  }
}

/** The gradient [P] of the loss, and its parts [6] in the order of `updateMetrics`. */
export function lossGradient(
  network: Network,
  inputs: LossInputs,
  options: PpoOptions,
  objective: Objective = ppoLoss,
): { gradient: Tensor1D; parts: Tensor1D } {
  let kept: Tensor1D | undefined
  const differentiated = tf.customGrad((output, save) => {
    if (typeof save !== 'function' || typeof output === 'function') throw new TypeError('one output is differentiated')
    const { gradient, ...parts } = objective(withRank(output, 2), inputs, options)
    // Everything except the loss would be disposed with the forward pass.
    kept = tf.keep(stackScalars(lossParts.map((name) => parts[name])))
    save([gradient])
    return { value: parts.loss, gradFunc: (_dy: Tensor, saved: Tensor[]) => saved[0] }
  })
  const loss = (...arrays: Tensor[]) => differentiated(outputsOf(network, arrays, inputs))
  const { grads } = tf.valueAndGrads(loss)(network.split(inputs.parameters))
  const gradient = tf.concat1d(grads.map((array) => tf.reshape(array, [-1])))
  const parts = tf.concat1d(kept === undefined ? [] : [kept])
  kept?.dispose()
  return { gradient, parts }
}

/** [n, actions + 1]; through time if the network has a memory, but no further back than the rollout. */
function outputsOf({ forward, memory }: Network, arrays: readonly Tensor[], given: Observed): Tensor2D {
  if (memory === null) return forward(arrays, given.observations)
  const { observations, state, starts } = given
  if (state === undefined || starts === undefined) throw new TypeError('a network with a memory needs what it carried')
  return memory.unroll(arrays, observations, { state, starts }).output
}

function stackScalars(scalars: readonly Tensor[]): Tensor1D {
  return tf.concat1d(scalars.map((scalar) => tf.reshape(scalar, [1])))
}

/** The static shapes of `createUpdate` for minibatches of n samples, which are `sequences` if there is a memory. */
export function updateSpecs(network: Network, samples: number, sequences: number): TensorSpecs {
  const vector = float32(network.size)
  const perSample = float32(samples)
  return {
    parameters: vector,
    firstMoment: vector,
    secondMoment: vector,
    learningRate: float32(),
    firstCorrection: float32(),
    secondCorrection: float32(),
    observations: { shape: [samples, network.reading.length], type: 'uint8' },
    actions: { shape: [samples], type: 'int32' },
    logProbabilities: perSample,
    advantages: perSample,
    returns: perSample,
    values: perSample,
    ...carriedSpecs(network, samples, sequences),
  }
}

function carriedSpecs({ memory }: Network, samples: number, sequences: number): TensorSpecs {
  if (memory === null) return {}
  return { state: float32(sequences, memory.width), starts: { shape: [samples], type: 'uint8' } }
}

function float32(...shape: number[]): TensorSpec {
  return { shape, type: 'float32' }
}
