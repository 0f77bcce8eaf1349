import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import { tokenLoss, type Transformer } from '../networks/transformer.ts'
import type { LanguageTraining } from './language-optimizer.ts'

export type TextBatchShape = {
  /** n */
  readonly batch: number
  /** c */
  readonly columns: number
  /** m: predicted tokens of the whole batch */
  readonly predictions: number
}

/**
 * Cross-entropy of chosen tokens. Batches: tokens [n, c] and starts [n]; positions [m], which of the n · c positions
 * predict; targets [m]; weights [m]. Only these positions are unembedded.
 */
export function textTraining(
  transformer: Transformer,
  { batch, columns, predictions }: TextBatchShape,
  weightDecay: number,
): LanguageTraining {
  const perPrediction = [predictions]
  return {
    layout: transformer,
    weightDecay,
    loss(arrays, { tokens, starts, positions, targets, weights }) {
      const rows = tf.gather(transformer.trunk(arrays, tokens, starts), withRank(positions, 1))
      return tokenLoss(transformer.unembed(arrays, rows), targets, weights)
    },
    inputs: {
      tokens: { shape: [batch, columns], type: 'int32' },
      starts: { shape: [batch], type: 'int32' },
      positions: { shape: perPrediction, type: 'int32' },
      targets: { shape: perPrediction, type: 'int32' },
      weights: { shape: perPrediction, type: 'float32' },
    },
  }
}
