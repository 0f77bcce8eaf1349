import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'

export type GroupBatch = {
  /** [n, G] int32, sampled for each prompt. */
  readonly actions: Tensor
  /** [n, G] */
  readonly advantages: Tensor
  /** [n, V], of the policy to stay close to. */
  readonly referenceLogits: Tensor2D
}

/**
 * The policy gradient of one-token acts with a KL penalty: −mean(A · log π(a)) + β · mean KL(π ‖ reference), with exact
 * KL. logits: [n, V]. With rewards minus their group's mean as advantages this is REINFORCE with a group-mean baseline,
 * for samples that are used once. GRPO (Shao et al., 2024, arXiv 2402.03300) also divides by the group's standard
 * deviation, clips the ratio of probabilities, and estimates the KL from samples.
 */
export function groupPolicyLoss(logits: Tensor2D, batch: GroupBatch, klPenalty: number): Scalar {
  const [prompts, vocabulary] = logits.shape
  const samples = batch.actions.shape[1] ?? 1
  const logProbabilities = tf.logSoftmax(logits)
  const chosen = tf.cast(tf.oneHot(tf.reshape(batch.actions, [-1]), vocabulary), 'float32')
  const weighted = tf.mul(chosen, tf.reshape(batch.advantages, [-1, 1]))
  const weights = tf.sum(tf.reshape(weighted, [prompts, samples, vocabulary]), 1)
  const gain = tf.div(tf.sum(tf.mul(weights, logProbabilities)), prompts * samples)
  return tf.sub(tf.mul(tf.mean(divergence(logits, batch.referenceLogits)), klPenalty), gain)
}

/** KL(π ‖ reference) [n] in nats, from logits [n, V]. */
export function divergence(logits: Tensor2D, referenceLogits: Tensor2D): Tensor {
  const logProbabilities = tf.logSoftmax(logits)
  const ratio = tf.sub(logProbabilities, tf.logSoftmax(referenceLogits))
  return tf.sum(tf.mul(tf.exp(logProbabilities), ratio), 1)
}

/** Rewards [n · G] minus the mean of their group. */
export function groupAdvantages(rewards: Float32Array, samples: number): Float32Array {
  const advantages = rewards.slice()
  for (let first = 0; first < rewards.length; first += samples) {
    const group = advantages.subarray(first, first + samples)
    const mean = group.reduce((sum, reward) => sum + reward, 0) / samples
    group.forEach((reward, i) => (group[i] = reward - mean))
  }
  return advantages
}
