import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { attentionHeads, type Window } from './attention.ts'
import { denseLayer } from './dense.ts'
import { chain, type Layer } from './layer.ts'
import { constant, layOut, normal, type ParameterLayout } from './parameters.ts'

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

/**
 * A causal language model. Sequences of any length c ≤ C are one array each: tokens [n, c] int32. Where they differ in
 * length they are padded on the left, and starts [n] int32 has the columns of their first tokens: padding is neither
 * attended to nor counted by positions. All functions are pure, and take arrays from `split`.
 */
export type Transformer = ParameterLayout & {
  readonly spec: TransformerSpec
  /** The normalised residual stream [n · c, D], before the unembedding. */
  trunk(arrays: readonly Tensor[], tokens: Tensor, starts?: Tensor): Tensor2D
  /** Rows of the trunk [m, D] → logits [m, V]. */
  unembed(arrays: readonly Tensor[], rows: Tensor2D): Tensor2D
  /**
   * [n, c, V]: at every position the logits of the token that follows, which depend only on this position and earlier
   * ones.
   */
  forward(arrays: readonly Tensor[], tokens: Tensor, starts?: Tensor): Tensor3D
  /** [n, V]: the logits after the last column. */
  forwardLast(arrays: readonly Tensor[], tokens: Tensor, starts?: Tensor): Tensor2D
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
  const { vocabulary, context, width } = spec
  if (width % spec.heads !== 0) throw new RangeError(`width ${width} cannot be divided into ${spec.heads} heads`)
  const embeddings = [
    normal('embedding', [vocabulary, width], embeddingDeviation),
    normal('positions', [context, width], embeddingDeviation),
  ]
  const unembedding = normal('unembedding', [width, vocabulary], embeddingDeviation)
  const layout = layOut([...embeddings, ...decoder(spec, { columns: context, starts: null }).parameters, unembedding])

  const trunk: Transformer['trunk'] = ([embedding, positions, ...rest], tokens, starts) => {
    const columns = tokens.shape[1] ?? context
    const window = { columns, starts: starts ?? null }
    const embedded = tf.gather(embedding, tf.reshape(tokens, [-1]))
    const x = addPositions(withRank(embedded, 2), positions, window)
    return withRank(decoder(spec, window).apply(x, rest.slice(0, -1)), 2)
  }
  const unembed: Transformer['unembed'] = (arrays, rows) => tf.matMul(rows, arrays[arrays.length - 1])
  return {
    spec,
    ...layout,
    trunk,
    unembed,
    forward: (arrays, tokens, starts) =>
      tf.reshape(unembed(arrays, trunk(arrays, tokens, starts)), [-1, tokens.shape[1] ?? context, vocabulary]),
    forwardLast: (arrays, tokens, starts) => unembed(arrays, lastColumn(trunk(arrays, tokens, starts), tokens)),
  }
}

/** The rows [n, D] of the last column, from those of all columns. */
function lastColumn(rows: Tensor2D, tokens: Tensor): Tensor2D {
  const [sequences, columns] = tokens.shape
  const apart = tf.reshape(rows, [sequences, columns, -1])
  return tf.reshape(tf.slice(apart, [0, columns - 1, 0], [-1, 1, -1]), [sequences, -1])
}

/** Positions count from each sequence's first token. */
function addPositions(embedded: Tensor2D, positions: Tensor, { columns, starts }: Window): Tensor2D {
  const width = embedded.shape[1]
  if (starts === null) {
    const first = tf.slice(positions, [0, 0], [columns, -1])
    return tf.reshape(tf.add(tf.reshape(embedded, [-1, columns, width]), first), [-1, width])
  }
  const column = tf.tensor2d(
    Int32Array.from({ length: columns }, (_, i) => i),
    [1, columns],
    'int32',
  )
  const places = tf.maximum(tf.sub(column, tf.reshape(starts, [-1, 1])), tf.scalar(0, 'int32'))
  return tf.add(embedded, tf.gather(positions, tf.reshape(places, [-1])))
}

/**
 * Cross-entropy of the token that follows, in nats, averaged over the positions where `mask` is 1. logits: [n, C, V];
 * targets: [n, C] int32, at each position the token after it; mask: [n, C] float32, with a 1 somewhere.
 */
export function nextTokenLoss(logits: Tensor3D, targets: Tensor, mask: Tensor): tf.Scalar {
  return tokenLoss(tf.reshape(logits, [-1, logits.shape[2]]), tf.reshape(targets, [-1]), tf.reshape(mask, [-1]))
}

/** The same for rows of logits [m, V], with targets [m] int32 and weights [m] that are not all 0. */
export function tokenLoss(logits: Tensor2D, targets: Tensor, weights: Tensor): tf.Scalar {
  const wanted = tf.cast(tf.oneHot(targets, logits.shape[1]), 'float32')
  const losses = tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), 1))
  return tf.div(tf.sum(tf.mul(losses, weights)), tf.sum(weights))
}

function decoder(spec: TransformerSpec, window: Window): Layer {
  const blocks = Array.from({ length: spec.layers }, (_, i) => block(`block${i + 1}`, spec, window))
  return chain([...blocks, layerNorm('norm', spec.width)])
}

function block(name: string, spec: TransformerSpec, window: Window): Layer {
  const { width } = spec
  const gain = 1 / Math.sqrt(2 * spec.layers)
  const mlp = chain([
    layerNorm(`${name}.norm2`, width),
    denseLayer(`${name}.up`, { from: width, to: 4 * width, activation: 'gelu', gain: Math.SQRT2 }),
    denseLayer(`${name}.down`, { from: 4 * width, to: width, activation: 'linear', gain }),
  ])
  const attention = chain([
    layerNorm(`${name}.norm1`, width),
    attentionHeads(name, spec, window),
    denseLayer(`${name}.projection`, { from: width, to: width, activation: 'linear', gain }),
  ])
  return chain([addedTo(attention), addedTo(mlp)])
}

function addedTo(branch: Layer): Layer {
  return { parameters: branch.parameters, apply: (x, parameters) => tf.add(x, branch.apply(x, parameters)) }
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
