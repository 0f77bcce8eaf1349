import type { TensorFunction, TensorSpec, TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Carried } from '../../networks/lstm.ts'
import type { Network } from '../../networks/network.ts'
import { adam, clipGradient, type AdamState, type AdamStep } from './adam.ts'
import { ppoLoss, type LossBatch } from './loss.ts'
import type { PpoOptions } from './options.ts'

const lossParts = ['loss', 'policyLoss', 'valueLoss', 'entropy', 'approximateKl', 'clipFraction'] as const

/** The order of the output `metrics`. */
export const updateMetrics = [...lossParts, 'gradientNorm'] as const
export type UpdateMetric = (typeof updateMetrics)[number]

type Observed = { readonly observations: Tensor } & Partial<Carried>
type UpdateInputs = AdamState & AdamStep & LossBatch & Observed

/**
 * One PPO update on one minibatch: loss, gradient, clipping by global norm, Adam. Pure.
 * Inputs: AdamState, AdamStep, LossBatch, `observations` [n, reading.length] and, for networks with a memory,
 * Carried, where the samples are whole sequences, step-major; outputs: AdamState, and `metrics` [7].
 */
export function createUpdate(network: Network, options: PpoOptions): TensorFunction {
  return (inputs) => {
    const given = inputs as unknown as UpdateInputs
    const { gradient: raw, parts } = lossGradient(network, given, options)
    const { gradient, norm } = clipGradient(raw, options.maxGradientNorm)
    const next = adam(given, gradient, {
      learningRate: given.learningRate,
      firstCorrection: given.firstCorrection,
      secondCorrection: given.secondCorrection,
      epsilon: options.adamEpsilon,
    })
    return { ...next, metrics: tf.concat1d([parts, tf.reshape(norm, [1])]) }
  }
}

/** The gradient [P] of the loss, and its parts [6] in the order of `updateMetrics`. */
export function lossGradient(
  network: Network,
  inputs: Pick<UpdateInputs, 'parameters' | keyof Observed | keyof LossBatch>,
  options: PpoOptions,
): { gradient: Tensor1D; parts: Tensor1D } {
  let kept: Tensor1D | undefined
  const objective = tf.customGrad((...given) => {
    const [output, save] = given as unknown as [Tensor2D, tf.GradSaveFunc]
    const { gradient, ...parts } = ppoLoss(output, inputs, options)
    // Everything but the loss itself would be disposed with the forward pass.
    kept = tf.keep(stackScalars(lossParts.map((name) => parts[name])))
    save([gradient])
    return { value: parts.loss, gradFunc: (_dy: Tensor, saved: Tensor[]) => saved[0] }
  })
  const loss = (...arrays: Tensor[]) => objective(outputsOf(network, arrays, inputs)) as Scalar
  const { grads } = tf.valueAndGrads(loss)(network.split(inputs.parameters))
  const gradient = tf.concat1d(grads.map((array) => tf.reshape(array, [-1]) as Tensor1D))
  const parts = tf.concat1d(kept === undefined ? [] : [kept])
  kept?.dispose()
  return { gradient, parts }
}

/** [n, actions + 1]; through time where the network has a memory, and no further back than the rollout. */
function outputsOf({ forward, memory }: Network, arrays: readonly Tensor[], given: Observed): Tensor2D {
  if (memory === null) return forward(arrays, given.observations)
  const { observations, state, starts } = given
  if (state === undefined || starts === undefined) throw new TypeError('a network with a memory needs what it carried')
  return memory.unroll(arrays, observations, { state, starts }).output
}

function stackScalars(scalars: readonly Tensor[]): Tensor1D {
  return tf.concat1d(scalars.map((scalar) => tf.reshape(scalar, [1]) as Tensor1D))
}

/** The static shapes of `createUpdate` for minibatches of n samples, which are `sequences` where there is a memory. */
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
