import { withRank, type TensorFunction, type TensorSpecs } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Transformer } from '../networks/transformer.ts'
import { divergence, groupPolicyLoss } from './group-policy-loss.ts'
import type { LanguageTraining } from './language-optimizer.ts'

export type ActBatchShape = {
  /** n */
  readonly prompts: number
  /** G: acts sampled for each prompt */
  readonly samples: number
  /** c */
  readonly columns: number
}

/** Policy gradient of one-token acts. Batches: prompts as tokens [n, c] and starts [n], and a GroupBatch. */
export function actTraining(
  transformer: Transformer,
  { prompts, samples, columns }: ActBatchShape,
  klPenalty: number,
): LanguageTraining {
  const perAct = [prompts, samples]
  return {
    layout: transformer,
    weightDecay: 0,
    loss: (arrays, { tokens, starts, actions, advantages, referenceLogits }) =>
      groupPolicyLoss(
        transformer.forwardLast(arrays, tokens, starts),
        { actions, advantages, referenceLogits: withRank(referenceLogits, 2) },
        klPenalty,
      ),
    inputs: {
      tokens: { shape: [prompts, columns], type: 'int32' },
      starts: { shape: [prompts], type: 'int32' },
      actions: { shape: perAct, type: 'int32' },
      advantages: { shape: perAct, type: 'float32' },
      referenceLogits: { shape: [prompts, transformer.spec.vocabulary], type: 'float32' },
    },
  }
}

/**
 * Samples acts by the Gumbel-max trick: argmax(logits + noise), with standard Gumbel noise as an input. Inputs:
 * parameters and reference [P], tokens [n, c], starts [n], noise [n, G, V]. Outputs: actions [n, G], referenceLogits
 * [n, V] and divergence [n] in nats.
 */
export function createActSampler(transformer: Transformer): TensorFunction {
  return ({ parameters, reference, tokens, starts, noise }) => {
    const logits = transformer.forwardLast(transformer.split(withRank(parameters, 1)), tokens, starts)
    const referenceLogits = transformer.forwardLast(transformer.split(withRank(reference, 1)), tokens, starts)
    const noisy = tf.add(tf.expandDims(logits, 1), noise)
    return { actions: tf.argMax(noisy, 2), referenceLogits, divergence: divergence(logits, referenceLogits) }
  }
}

export function actSamplerSpecs(transformer: Transformer, { prompts, samples, columns }: ActBatchShape): TensorSpecs {
  const vector = { shape: [transformer.size], type: 'float32' } as const
  return {
    parameters: vector,
    reference: vector,
    tokens: { shape: [prompts, columns], type: 'int32' },
    starts: { shape: [prompts], type: 'int32' },
    noise: { shape: [prompts, samples, transformer.spec.vocabulary], type: 'float32' },
  }
}
