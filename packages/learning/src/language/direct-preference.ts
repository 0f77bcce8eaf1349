import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Transformer } from '../networks/transformer.ts'
import type { LanguageTraining } from './language-optimizer.ts'

export type DirectBatchShape = {
  /** n */
  readonly pairs: number
  /** c */
  readonly columns: number
}

export type DirectBatch = {
  /** [n] int32, the token that is preferred after each prompt. */
  readonly preferred: Tensor
  /** [n] int32 */
  readonly other: Tensor
  /** [n], 0 for a pair without a preference. */
  readonly weights: Tensor
  /** [n, V], of the policy to stay close to. */
  readonly referenceLogits: Tensor2D
}

/** Fits a policy to preferences between one-token acts. Batches: prompts as tokens [n, c] and starts [n], and a DirectBatch. */
export function directPreferenceTraining(
  transformer: Transformer,
  { pairs, columns }: DirectBatchShape,
  beta: number,
): LanguageTraining {
  return {
    layout: transformer,
    weightDecay: 0,
    loss: (arrays, { tokens, starts, preferred, other, weights, referenceLogits }) =>
      directPreferenceLoss(
        transformer.forwardLast(arrays, tokens, starts),
        { preferred, other, weights, referenceLogits: withRank(referenceLogits, 2) },
        beta,
      ),
    inputs: {
      tokens: { shape: [pairs, columns], type: 'int32' },
      starts: { shape: [pairs], type: 'int32' },
      preferred: { shape: [pairs], type: 'int32' },
      other: { shape: [pairs], type: 'int32' },
      weights: { shape: [pairs], type: 'float32' },
      referenceLogits: { shape: [pairs, transformer.spec.vocabulary], type: 'float32' },
    },
  }
}

/**
 * Direct preference optimization (Rafailov et al., 2023, arXiv 2305.18290, equation 7), averaged with weights [n]:
 * −log σ(β · (log π(preferred)/ref(preferred) − log π(other)/ref(other))). logits: [n, V]. Acts are one token, so the
 * differences of log-probabilities are those of logits. Without any weight the loss is 0.
 */
export function directPreferenceLoss(logits: Tensor2D, batch: DirectBatch, beta: number): Scalar {
  const vocabulary = logits.shape[1]
  const moved = tf.sub(logits, batch.referenceLogits)
  const column = (tokens: Tensor) => tf.cast(tf.oneHot(withRank(tokens, 1), vocabulary), 'float32')
  const margins = tf.sum(tf.mul(moved, tf.sub(column(batch.preferred), column(batch.other))), 1)
  const losses = tf.softplus(tf.mul(margins, -beta))
  const total = tf.maximum(tf.sum(batch.weights), 1)
  return withRank(tf.div(tf.sum(tf.mul(losses, batch.weights)), total), 0)
}
