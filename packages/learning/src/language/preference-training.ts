import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LanguageTraining } from './language-optimizer.ts'
import type { RewardModel } from './reward-model.ts'

export type PreferenceBatchShape = {
  /** n */
  readonly pairs: number
  /** c */
  readonly columns: number
}

/**
 * Fits rewards to preferences. Batches: tokens [2n, c] and starts [2n], the preferred sequences first and the others in
 * the same order; weights [n], 0 for a pair without a preference.
 */
export function preferenceTraining(
  model: RewardModel,
  { pairs, columns }: PreferenceBatchShape,
  weightDecay: number,
): LanguageTraining {
  return {
    layout: model,
    weightDecay,
    loss: (arrays, { tokens, starts, weights }) => preferenceLoss(model.score(arrays, tokens, starts), weights),
    inputs: {
      tokens: { shape: [2 * pairs, columns], type: 'int32' },
      starts: { shape: [2 * pairs], type: 'int32' },
      weights: { shape: [pairs], type: 'float32' },
    },
  }
}

/**
 * −log σ(preferred − other), averaged with weights [n]: the model of Bradley & Terry (1952), as in Christiano et al.,
 * 2017, arXiv 1706.03741. rewards: [2n], the preferred first. Without any weight the loss is 0.
 */
export function preferenceLoss(rewards: Tensor1D, weights: Tensor): Scalar {
  const pairs = rewards.shape[0] / 2
  const preferred = tf.slice1d(rewards, 0, pairs)
  const other = tf.slice1d(rewards, pairs, pairs)
  const losses = tf.softplus(tf.sub(other, preferred))
  const total = tf.maximum(tf.sum(weights), 1)
  return withRank(tf.div(tf.sum(tf.mul(losses, weights)), total), 0)
}
