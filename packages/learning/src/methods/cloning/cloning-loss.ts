import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import {
  describeDistribution,
  entropyGradient,
  selectColumns,
  valueTerm,
  type LossBatch,
  type LossOptions,
  type LossParts,
} from '../ppo/loss.ts'

/**
 * Behavioural cloning: the cross-entropy of the demonstrator's actions, `policyLoss`, with the value and entropy terms
 * of PPO; and its gradient. Samples whose action is `actions`, one more than the last, have no demonstration and
 * count only for values and entropy. `approximateKl` and `clipFraction` do not apply and are 0.
 *
 * output: [n, actions + 1], a network's logits and value. `gradient` has the same shape.
 */
export function cloningLoss(
  output: Tensor2D,
  batch: LossBatch,
  options: LossOptions,
): LossParts & { gradient: Tensor2D } {
  const [n, columns] = output.shape
  const actions = columns - 1
  const distribution = describeDistribution(selectColumns(output, 0, actions))
  const { probabilities, logProbabilities, entropies } = distribution
  const shown = tf.cast(tf.oneHot(batch.actions, actions), 'float32')
  const demonstrated: Tensor2D = tf.sum(shown, 1, true)
  const count = tf.maximum(tf.sum(demonstrated), 1)
  const policyLoss: Scalar = tf.neg(tf.div(tf.sum(tf.mul(logProbabilities, shown)), count))
  const dPolicy: Tensor2D = tf.div(tf.sub(tf.mul(probabilities, demonstrated), shown), count)
  const values: Tensor1D = tf.reshape(selectColumns(output, actions, 1), [-1])
  const value = valueTerm(values, batch, options.valueClip)
  const entropy: Scalar = tf.mean(entropies)
  const dEntropy = tf.mul(entropyGradient(distribution), options.entropyCoefficient / n)
  const dLogits: Tensor2D = tf.sub(dPolicy, dEntropy)
  const dValue: Tensor2D = tf.reshape(tf.mul(value.gradient, options.valueCoefficient), [-1, 1])
  const weighted = tf.sub(tf.mul(value.loss, options.valueCoefficient), tf.mul(entropy, options.entropyCoefficient))
  return {
    loss: tf.add(policyLoss, weighted),
    policyLoss,
    valueLoss: value.loss,
    entropy,
    approximateKl: tf.scalar(0),
    clipFraction: tf.scalar(0),
    gradient: tf.concat2d([dLogits, dValue], 1),
  }
}
