import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import { affine, denseLayer } from './dense.ts'
import { chain, type Layer } from './layer.ts'
import { constant, layOut, normal, type ParameterLayout, type ParameterSpec } from './parameters.ts'

export type TransformerSpec = {
  /** Number of different tokens, V. */
  readonly vocabulary: number
  /** Number of tokens in a sequence, C. */
  readonly context: number
  /** Width of the residual stream, D; divisible by `heads`. */
  readonly width: number
  readonly heads: number
  readonly layers: number
}

/** A causal language model. */
export type Transformer = ParameterLayout & {
  readonly spec: TransformerSpec
  /**
   * arrays: from `split`; tokens: [n, C] int32. Returns [n, C, V]: at every position the logits of the token that
   * follows, which depend only on this position and earlier ones. Pure.
   */
  forward(arrays: readonly Tensor[], tokens: Tensor): Tensor3D
}

/** As in GPT-2 (Radford et al., 2019): embeddings are normal, whereas all other weights here are orthogonal. */
const embeddingDeviation = 0.02

/**
 * A decoder with normalisation before each block (Vaswani et al., 2017, arXiv 1706.03762; Xiong et al., 2020, arXiv
 * 2002.04745): x ← x + attention(norm(x)), x ← x + mlp(norm(x)), with learned positions, GELU, an MLP four times as
 * wide, and separate unembedding weights. Additions to the residual stream start with gain 1/√(2 · layers), as in
 * GPT-2.
 *
 * @throws RangeError if the width is not divisible by the heads.
 */
export function createTransformer(spec: TransformerSpec): Transformer {
  const { vocabulary, context, width, layers } = spec
  if (width % spec.heads !== 0) throw new RangeError(`width ${width} does not divide into ${spec.heads} heads`)
  const embeddings = [
    normal('embedding', [vocabulary, width], embeddingDeviation),
    normal('positions', [context, width], embeddingDeviation),
  ]
  const decoder = chain([
    ...Array.from({ length: layers }, (_, i) => block(`block${i + 1}`, spec)),
    layerNorm('norm', width),
  ])
  const unembedding = normal('unembedding', [width, vocabulary], embeddingDeviation)
  return {
    spec,
    ...layOut([...embeddings, ...decoder.parameters, unembedding]),
    forward([embedding, positions, ...rest], tokens) {
      const rows = tf.gather(embedding, tf.reshape(tokens, [-1]))
      const embedded = tf.add(tf.reshape(rows, [-1, context, width]), positions)
      const stream = decoder.apply(tf.reshape(embedded, [-1, width]), rest.slice(0, -1))
      const logits = tf.matMul(stream, rest[rest.length - 1])
      return tf.reshape(logits, [-1, context, vocabulary])
    },
  }
}

/**
 * Cross-entropy of the token that follows, in nats, averaged over the positions where `mask` is 1. logits: [n, C, V];
 * targets: [n, C] int32, at each position the token after it; mask: [n, C] float32, with a 1 somewhere.
 */
export function nextTokenLoss(logits: Tensor3D, targets: Tensor, mask: Tensor): tf.Scalar {
  const vocabulary = logits.shape[2]
  const logProbabilities = tf.logSoftmax(tf.reshape(logits, [-1, vocabulary]))
  const wanted = tf.cast(tf.oneHot(tf.reshape(targets, [-1]), vocabulary), 'float32')
  const losses = tf.neg(tf.sum(tf.mul(logProbabilities, wanted), 1))
  return tf.div(tf.sum(tf.mul(losses, tf.reshape(mask, [-1]))), tf.sum(mask))
}

function block(name: string, spec: TransformerSpec): Layer {
  const { width } = spec
  const gain = 1 / Math.sqrt(2 * spec.layers)
  const mlp = chain([
    layerNorm(`${name}.norm2`, width),
    denseLayer(`${name}.up`, { from: width, to: 4 * width, activation: 'gelu', gain: Math.SQRT2 }),
    denseLayer(`${name}.down`, { from: 4 * width, to: width, activation: 'linear', gain }),
  ])
  const attention = chain([
    layerNorm(`${name}.norm1`, width),
    attentionHeads(name, spec),
    denseLayer(`${name}.projection`, { from: width, to: width, activation: 'linear', gain }),
  ])
  return chain([addedTo(attention), addedTo(mlp)])
}

function addedTo(branch: Layer): Layer {
  return { parameters: branch.parameters, apply: (x, parameters) => tf.add(x, branch.apply(x, parameters)) }
}

/** Causal attention of several heads, [n · C, D] to [n · C, D]; its projection follows. */
function attentionHeads(name: string, { context, width, heads }: TransformerSpec): Layer {
  const size = width / heads
  const groups = [0, 1, 2].map(() => ({ columns: width, gain: 1 }))
  const weights: ParameterSpec = {
    name: `${name}.attention.weight`,
    shape: [width, 3 * width],
    initial: { kind: 'orthogonal', groups },
  }
  const apart = (x: Tensor): Tensor => tf.transpose(tf.reshape(x, [-1, context, heads, size]), [0, 2, 1, 3])
  return {
    parameters: [weights, constant(`${name}.attention.bias`, 3 * width, 0)],
    apply(x, [weight, bias]) {
      const [queries, keys, values] = tf.split(affine(x, weight, bias), 3, 1).map(apart)
      const scores = tf.matMul(tf.mul(queries, 1 / Math.sqrt(size)), tf.transpose(keys, [0, 1, 3, 2]))
      const attention = tf.softmax(tf.add(scores, futureMask(context)))
      return tf.reshape(tf.transpose(tf.matMul(attention, values), [0, 2, 1, 3]), [-1, width])
    },
  }
}

/** [C, C]: −10⁹ if a column is after its row, which no score outweighs. */
function futureMask(context: number): Tensor {
  const mask = Float32Array.from({ length: context ** 2 }, (_, i) => (i % context > Math.floor(i / context) ? -1e9 : 0))
  return tf.tensor2d(mask, [context, context])
}

/** Layer normalisation (Ba et al., 2016, arXiv 1607.06450) of each row. */
function layerNorm(name: string, width: number): Layer {
  return {
    parameters: [constant(`${name}.scale`, width, 1), constant(`${name}.shift`, width, 0)],
    apply(x, [scale, shift]) {
      const centred = tf.sub(x, tf.mean(x, -1, true))
      const variance = tf.mean(tf.square(centred), -1, true)
      return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), scale), shift)
    },
  }
}
