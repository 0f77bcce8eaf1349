import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { PpoOptions } from './options.ts'
import { logSoftmax } from './log-softmax.ts'

/** One minibatch of n samples, as the rollout left them. */
export type LossBatch = {
  /** [n] int32 */
  readonly actions: Tensor1D
  /** [n] log-probability of the action when it was taken. */
  readonly logProbabilities: Tensor1D
  /** [n] */
  readonly advantages: Tensor1D
  /** [n] value targets. */
  readonly returns: Tensor1D
  /** [n] values when the action was taken. */
  readonly values: Tensor1D
}

/** Scalars. `loss` is what is minimised; the others tell how the update goes. */
export type LossParts = {
  readonly loss: Scalar
  readonly policyLoss: Scalar
  readonly valueLoss: Scalar
  readonly entropy: Scalar
  /** Mean of (r − 1) − log r for the probability ratio r (Schulman, "Approximating KL divergence"). */
  readonly approximateKl: Scalar
  /** Share of samples whose ratio has left 1 ± clip. */
  readonly clipFraction: Scalar
}

export type LossOptions = Pick<
  PpoOptions,
  'clip' | 'valueClip' | 'valueCoefficient' | 'entropyCoefficient' | 'standardizeAdvantages'
>

/**
 * The clipped surrogate objective of PPO (arXiv 1707.06347, eq. 7 and 9), to be minimised:
 * policy loss + valueCoefficient · value loss − entropyCoefficient · entropy.
 * output: [n, actions + 1], logits and value, as a network gives them.
 */
export function ppoLoss(output: Tensor2D, batch: LossBatch, options: LossOptions): LossParts {
  const actions = output.shape[1] - 1
  const logProbabilities = logSoftmax(selectColumns(output, 0, actions))
  const value = tf.reshape(selectColumns(output, actions, 1), [-1]) as Tensor1D

  const taken = tf.sum(tf.mul(logProbabilities, tf.cast(tf.oneHot(batch.actions, actions), 'float32')), 1)
  const logRatio = tf.sub(taken, batch.logProbabilities)
  const ratio = tf.exp(logRatio)
  const advantages = options.standardizeAdvantages ? standardize(batch.advantages) : batch.advantages
  const policyLoss = clippedSurrogate(ratio, advantages, options.clip)
  const valueLoss = clippedValueLoss(value, batch, options.valueClip)
  const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logProbabilities), logProbabilities), 1)))
  const loss = tf.sub(
    tf.add(policyLoss, tf.mul(valueLoss, options.valueCoefficient)),
    tf.mul(entropy, options.entropyCoefficient),
  )
  const offset = tf.sub(ratio, 1)
  const parts = {
    loss,
    policyLoss,
    valueLoss,
    entropy,
    approximateKl: tf.mean(tf.sub(offset, logRatio)),
    clipFraction: tf.mean(tf.step(tf.sub(tf.abs(offset), options.clip))),
  }
  return parts as LossParts
}

/** −E[min(r·A, clip(r, 1 ± ε)·A)] */
function clippedSurrogate(ratio: Tensor, advantages: Tensor, clip: number): Tensor {
  const unclipped = tf.mul(ratio, advantages)
  const clipped = tf.mul(tf.clipByValue(ratio, 1 - clip, 1 + clip), advantages)
  return tf.neg(tf.mean(tf.minimum(unclipped, clipped)))
}

/** ½·E[max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²)] */
function clippedValueLoss(value: Tensor1D, batch: LossBatch, valueClip: number | null): Tensor {
  const plain = tf.square(tf.sub(value, batch.returns))
  if (valueClip === null) return tf.mul(tf.mean(plain), 0.5)
  const near = tf.add(batch.values, tf.clipByValue(tf.sub(value, batch.values), -valueClip, valueClip))
  const clipped = tf.square(tf.sub(near, batch.returns))
  return tf.mul(tf.mean(tf.maximum(plain, clipped)), 0.5)
}

function standardize(values: Tensor1D): Tensor1D {
  const centred = tf.sub(values, tf.mean(values))
  const deviation = tf.sqrt(tf.mean(tf.square(centred)))
  return tf.div(centred, tf.add(deviation, 1e-8))
}

/** Columns `from` … `from + count − 1` as a product with zeros and ones: cheaper than slice and pad, and as exact. */
function selectColumns(x: Tensor2D, from: number, count: number): Tensor2D {
  const columns = x.shape[1]
  const selector = new Float32Array(columns * count)
  for (let j = 0; j < count; j++) selector[(from + j) * count + j] = 1
  return tf.matMul(x, tf.tensor2d(selector, [columns, count]))
}
