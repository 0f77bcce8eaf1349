import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { PpoOptions } from './options.ts'

/** One minibatch of n samples from the rollout. */
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

export type LossOptions = Pick<
  PpoOptions,
  'clip' | 'valueClip' | 'valueCoefficient' | 'entropyCoefficient' | 'standardizeAdvantages'
>

/** Scalars. `loss` is minimised; the others monitor the update. */
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

/** What an update minimises, with its gradient by the network's output. */
export type Objective = (output: Tensor2D, batch: LossBatch, options: LossOptions) => LossParts & { gradient: Tensor2D }

/**
 * The clipped surrogate objective of PPO (arXiv 1707.06347, eq. 7 and 9), to be minimised:
 * policy loss + valueCoefficient · value loss − entropyCoefficient · entropy; and its gradient.
 *
 * output: [n, actions + 1], a network's logits and value. `gradient` has the same shape.
 *
 * The gradient is written out: on small tensors automatic differentiation costs as much as a third of the network's
 * pass.
 */
export function ppoLoss(output: Tensor2D, batch: LossBatch, options: LossOptions): LossParts & { gradient: Tensor2D } {
  const actions = output.shape[1] - 1
  const distribution = describeDistribution(selectColumns(output, 0, actions))
  const policy = policyTerm(distribution, batch, options)
  const value = valueTerm(tf.reshape(selectColumns(output, actions, 1), [-1]), batch, options.valueClip)
  const entropy: Scalar = tf.mean(distribution.entropies)
  const weighted = tf.sub(tf.mul(value.loss, options.valueCoefficient), tf.mul(entropy, options.entropyCoefficient))
  const dEntropy = tf.mul(entropyGradient(distribution), options.entropyCoefficient / output.shape[0])
  const dValue = tf.mul(value.gradient, options.valueCoefficient)
  const parts: LossParts = {
    loss: tf.add(policy.loss, weighted),
    policyLoss: policy.loss,
    valueLoss: value.loss,
    entropy,
    approximateKl: policy.approximateKl,
    clipFraction: policy.clipFraction,
  }
  const gradient = tf.concat2d([tf.sub(policy.gradient, dEntropy), tf.reshape(dValue, [-1, 1])], 1)
  return { ...parts, gradient }
}

type Distribution = {
  /** [n, actions] */
  readonly probabilities: Tensor2D
  readonly logProbabilities: Tensor2D
  /** [n, 1] */
  readonly entropies: Tensor2D
}

export function describeDistribution(logits: Tensor2D): Distribution {
  const shifted = tf.sub(logits, tf.max(logits, 1, true))
  const exponentials = tf.exp(shifted)
  const totals = tf.sum(exponentials, 1, true)
  const logProbabilities: Tensor2D = tf.sub(shifted, tf.log(totals))
  const probabilities: Tensor2D = tf.div(exponentials, totals)
  const entropies: Tensor2D = tf.neg(tf.sum(tf.mul(probabilities, logProbabilities), 1, true))
  return { probabilities, logProbabilities, entropies }
}

/** ∂H/∂logits = −p · (log p + H), row by row. */
export function entropyGradient({ probabilities, logProbabilities, entropies }: Distribution): Tensor2D {
  return tf.neg(tf.mul(probabilities, tf.add(logProbabilities, entropies)))
}

type PolicyTerm = Pick<LossParts, 'approximateKl' | 'clipFraction'> & { loss: Scalar; gradient: Tensor2D }

/** −E[min(r·A, clip(r, 1 ± ε)·A)]; its gradient by the logits comes from the samples whose minimum is r·A. */
function policyTerm(
  { probabilities, logProbabilities }: Distribution,
  batch: LossBatch,
  options: LossOptions,
): PolicyTerm {
  const [n, actions] = probabilities.shape
  const advantages = options.standardizeAdvantages ? standardize(batch.advantages) : batch.advantages
  const taken = tf.cast(tf.oneHot(batch.actions, actions), 'float32')
  const logRatio = tf.sub(tf.sum(tf.mul(logProbabilities, taken), 1), batch.logProbabilities)
  const ratio = tf.exp(logRatio)
  const unclipped = tf.mul(ratio, advantages)
  const clipped = tf.mul(tf.clipByValue(ratio, 1 - options.clip, 1 + options.clip), advantages)
  const smaller = tf.minimum(unclipped, clipped)
  // step(unclipped − smaller) is 1 exactly if the clipped product is the smaller one.
  const through = tf.mul(unclipped, tf.sub(1, tf.step(tf.sub(unclipped, smaller))))
  const offset = tf.sub(ratio, 1)
  return {
    loss: tf.neg(tf.mean(smaller)),
    gradient: tf.mul(tf.reshape(tf.mul(through, -1 / n), [n, 1]), tf.sub(taken, probabilities)),
    approximateKl: tf.mean(tf.sub(offset, logRatio)),
    clipFraction: tf.mean(tf.step(tf.sub(tf.abs(offset), options.clip))),
  }
}

/** ½·E[max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²)], and its gradient by V. */
export function valueTerm(
  value: Tensor1D,
  batch: LossBatch,
  valueClip: number | null,
): { loss: Scalar; gradient: Tensor } {
  const scale = 1 / value.shape[0]
  const error = tf.sub(value, batch.returns)
  const squared = tf.square(error)
  if (valueClip === null) return { loss: tf.mul(tf.mean(squared), 0.5), gradient: tf.mul(error, scale) }
  const move = tf.sub(value, batch.values)
  const near = tf.add(batch.values, tf.clipByValue(move, -valueClip, valueClip))
  const larger = tf.maximum(squared, tf.square(tf.sub(near, batch.returns)))
  // If the clipped error is the larger one, the value has no influence. This requires that it was clipped: otherwise
  // `near` equals the value except for rounding, which would decide.
  const through = tf.sub(1, tf.mul(tf.step(tf.sub(tf.abs(move), valueClip)), tf.step(tf.sub(larger, squared))))
  return { loss: tf.mul(tf.mean(larger), 0.5), gradient: tf.mul(tf.mul(error, through), scale) }
}

function standardize(values: Tensor1D): Tensor1D {
  const centred = tf.sub(values, tf.mean(values))
  const deviation = tf.sqrt(tf.mean(tf.square(centred)))
  return tf.div(centred, tf.add(deviation, 1e-8))
}

/**
 * Columns `from` … `from + count − 1` as a product with zeros and ones: cheaper than a slice of columns, and equally
 * exact.
 */
export function selectColumns(x: Tensor2D, from: number, count: number): Tensor2D {
  const columns = x.shape[1]
  const selector = new Float32Array(columns * count)
  for (let j = 0; j < count; j++) selector[(from + j) * count + j] = 1
  return tf.matMul(x, tf.tensor2d(selector, [columns, count]))
}
