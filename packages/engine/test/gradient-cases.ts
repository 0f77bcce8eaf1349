import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { withRank } from '../src/with-rank.ts'

/** A function of two tensors whose derivatives by both are to be checked. */
export type GradientCase = {
  readonly title: string
  readonly shapes: readonly [a: readonly number[], b: readonly number[]]
  readonly f: (a: Tensor, b: Tensor) => Tensor
}

const square = [
  [3, 3],
  [3, 3],
] as const

const onSquares = (title: string, f: (a: Tensor2D, b: Tensor2D) => Tensor): GradientCase => ({
  title,
  shapes: square,
  f: (a, b) => f(withRank(a, 2), withRank(b, 2)),
})

const elementwise = [
  onSquares('Add', (a, b) => tf.add(a, tf.mul(b, 2))),
  onSquares('Add, broadcast', (a, b) => tf.mul(b, tf.add(a, tf.sum(b, 0)))),
  onSquares('Sub, broadcast', (a, b) => tf.mul(a, tf.sub(tf.sum(a, 1, true), b))),
  onSquares('Multiply by a scalar', (a, b) => tf.mul(tf.mul(a, b), 3)),
  onSquares('RealDiv', (a, b) => tf.div(a, b)),
  onSquares('Maximum', (a, b) => tf.maximum(a, tf.mul(b, b))),
  onSquares('Minimum', (a, b) => tf.minimum(a, tf.mul(b, b))),
  onSquares('SquaredDifference', (a, b) => tf.squaredDifference(a, tf.mul(b, 2))),
  onSquares('Pow by constants', (a, b) => tf.add(tf.pow(a, 3), tf.pow(b, -0.5))),
  onSquares('Neg, Exp', (a, b) => tf.exp(tf.neg(tf.mul(a, b)))),
  onSquares('Log, Sqrt', (a, b) => tf.log(tf.sqrt(tf.add(a, b)))),
  onSquares('Rsqrt', (a, b) => tf.rsqrt(tf.add(a, b))),
  onSquares('Abs', (a, b) => tf.abs(tf.sub(a, b))),
  onSquares('Square', (a, b) => tf.square(tf.sub(a, b))),
  onSquares('Relu', (a, b) => tf.relu(tf.sub(a, b))),
  onSquares('Elu', (a, b) => tf.elu(tf.sub(a, b))),
  onSquares('Tanh', (a, b) => tf.tanh(tf.mul(a, b))),
  onSquares('Softplus', (a, b) => tf.softplus(tf.sub(a, tf.mul(b, 2)))),
  onSquares('Sigmoid', (a, b) => tf.sigmoid(tf.sub(a, tf.mul(b, 2)))),
  onSquares('Erf', (a, b) => tf.erf(tf.sub(a, b))),
  onSquares('gelu', (a, b) => tf.mul(tf.mul(tf.sub(a, b), 0.5), tf.add(tf.erf(tf.div(tf.sub(a, b), Math.SQRT2)), 1))),
  onSquares('ClipByValue', (a, b) => tf.mul(b, tf.clipByValue(a, 0.55, 1.25))),
  onSquares('Cast', (a, b) => tf.mul(tf.cast(a, 'float32'), b)),
]

const conditions = [
  onSquares('Select by a computed condition', (a, b) => tf.where(tf.greater(a, b), tf.mul(a, b), tf.square(b))),
  onSquares('Select, broadcast', (a, b) => tf.mul(b, tf.where(tf.less(b, 1), tf.sum(a), b))),
  onSquares('a product with a constant made of conditions', (a, b) =>
    tf.mul(a, tf.cast(tf.logicalAnd(tf.greaterEqual(a, 0.5), tf.logicalNot(tf.lessEqual(b, 1))), 'float32')),
  ),
]

const reductions = [
  onSquares('Sum', (a, b) => tf.square(tf.sum(tf.mul(a, b), 1))),
  onSquares('Sum over all', (a, b) => tf.square(tf.sum(tf.mul(a, b)))),
  onSquares('Mean', (a, b) => tf.square(tf.mean(tf.mul(a, b), 0))),
  onSquares('Max', (a, b) => tf.mul(tf.max(a, 1, true), tf.max(b, 0))),
  onSquares('Min', (a, b) => tf.mul(tf.min(a, 1, true), tf.min(b))),
  onSquares('Softmax', (a, b) => tf.mul(tf.softmax(tf.mul(a, 2)), b)),
  onSquares('LogSoftmax', (a, b) => tf.mul(tf.logSoftmax(a), b)),
  onSquares('layer normalisation', (a, b) => {
    const centred = tf.sub(a, tf.mean(a, -1, true))
    return tf.mul(b, tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5))))
  }),
]

const shapes = [
  onSquares('Reshape, Transpose', (a, b) => tf.mul(tf.transpose(a), tf.reshape(b, [3, 3]))),
  onSquares('ExpandDims, squeeze', (a, b) => tf.mul(tf.squeeze(tf.expandDims(a, 1)), b)),
  onSquares('Slice', (a, b) => tf.mul(tf.slice(a, [1, 0], [2, 3]), tf.slice(b, [0, 0], [2, 3]))),
  onSquares('Slice to the end', (a, b) => tf.mul(tf.slice(a, [1, 1], [-1, 2]), tf.slice(b, [0, 1], [2, -1]))),
  onSquares('StridedSlice', (a, b) =>
    tf.mul(tf.stridedSlice(a, [0, 1], [3, 3], [2, 1]), tf.stridedSlice(b, [1, 0], [3, 3], [1, 2])),
  ),
  onSquares('PadV2', (a, b) =>
    tf.mul(
      tf.pad(
        a,
        [
          [0, 2],
          [1, 0],
        ],
        3,
      ),
      tf.pad(b, [
        [1, 1],
        [1, 0],
      ]),
    ),
  ),
  onSquares('Tile', (a, b) => tf.mul(tf.tile(a, [2, 3]), tf.tile(tf.tile(b, [1, 3]), [2, 1]))),
  onSquares('broadcastTo', (a, b) => tf.mul(tf.broadcastTo(tf.sum(a, 0, true), [4, 3, 3]), b)),
  onSquares('Concat', (a, b) => tf.square(tf.concat([a, tf.mul(a, b), b], -1))),
  onSquares('SplitV', (a, b) => {
    const [first, second] = tf.split(tf.concat([a, tf.mul(b, 2)], 1), [2, 4], 1)
    return tf.concat([tf.square(second), first], 1)
  }),
  onSquares('SplitV, one part unused', (a, b) => tf.mul(b, tf.split(tf.mul(a, a), 3, 0)[1])),
  onSquares('Pack', (a, b) => tf.square(tf.stack([a, tf.mul(a, b), b], 1))),
  onSquares('Unpack', (a, b) => {
    const [x, , z] = tf.unstack(tf.mul(a, b), 1)
    return tf.mul(x, tf.square(z))
  }),
]

const indexing: readonly GradientCase[] = [
  onSquares('GatherV2 of rows', (a, b) => tf.mul(tf.gather(a, tf.tensor1d([2, 0, 2], 'int32')), b)),
  onSquares('GatherV2 along the second axis', (a, b) =>
    tf.mul(
      tf.gather(
        tf.square(a),
        tf.tensor2d(
          [
            [1, 1, 0],
            [2, 0, 1],
          ],
          [2, 3],
          'int32',
        ),
        1,
      ),
      tf.reshape(b, [3, 1, 3]),
    ),
  ),
]

const products: readonly GradientCase[] = [
  {
    title: 'BatchMatMul',
    shapes: [
      [2, 3],
      [3, 4],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b)),
  },
  {
    title: 'BatchMatMul, aᵀ',
    shapes: [
      [3, 2],
      [3, 4],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b, true)),
  },
  {
    title: 'BatchMatMul, bᵀ',
    shapes: [
      [2, 3],
      [4, 3],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b, false, true)),
  },
  {
    title: 'BatchMatMul, both',
    shapes: [
      [3, 2],
      [4, 3],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b, true, true)),
  },
  {
    title: 'BatchMatMul of rank 3',
    shapes: [
      [2, 2, 3],
      [2, 3, 2],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b)),
  },
  {
    title: 'BatchMatMul of rank 4',
    shapes: [
      [2, 2, 1, 3],
      [2, 2, 3, 2],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b)),
  },
  {
    title: 'BatchMatMul, broadcast',
    shapes: [
      [3, 2, 3],
      [1, 3, 2],
    ],
    f: (a, b) => tf.square(tf.matMul(a, b)),
  },
  {
    title: 'causal attention',
    shapes: [
      [2, 4, 3],
      [2, 4, 3],
    ],
    f(a, b) {
      const future = Float32Array.from({ length: 16 }, (_, i) => (i % 4 > Math.floor(i / 4) ? -1e9 : 0))
      const scores = tf.add(tf.matMul(a, b, false, true), tf.tensor2d(future, [4, 4]))
      return tf.matMul(tf.softmax(scores), tf.mul(a, b))
    },
  },
]

/** What a language model needs besides: sequences that begin at columns 0 and 2. */
const padded: readonly GradientCase[] = [
  {
    title: 'positions counted from the first token',
    shapes: [
      [4, 3],
      [8, 3],
    ],
    f(a, b) {
      const starts = tf.tensor2d([0, 2], [2, 1], 'int32')
      const columns = tf.tensor2d([0, 1, 2, 3], [1, 4], 'int32')
      const places = tf.maximum(tf.sub(columns, starts), tf.scalar(0, 'int32'))
      return tf.mul(tf.gather(a, tf.reshape(places, [-1])), b)
    },
  },
  {
    title: 'attention that ignores padding',
    shapes: [
      [2, 4, 3],
      [2, 4, 3],
    ],
    f(a, b) {
      const columns = tf.tensor2d([0, 1, 2, 3], [1, 4], 'int32')
      const padding = tf.cast(tf.less(columns, tf.tensor2d([0, 2], [2, 1], 'int32')), 'float32')
      const scores = tf.add(tf.matMul(a, b, false, true), tf.mul(tf.reshape(padding, [2, 1, 4]), -1e9))
      return tf.matMul(tf.softmax(scores), tf.mul(a, b))
    },
  },
  {
    title: 'cross-entropy of chosen positions',
    shapes: [
      [5, 3],
      [3, 4],
    ],
    f(a, b) {
      const rows = tf.gather(withRank(a, 2), tf.tensor1d([4, 0], 'int32'))
      const wanted = tf.cast(tf.oneHot(tf.tensor1d([3, 1], 'int32'), 4), 'float32')
      return tf.sum(tf.mul(tf.logSoftmax(tf.matMul(rows, withRank(b, 2))), wanted), 1)
    },
  },
  {
    title: 'divergence from fixed logits',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    f(a, b) {
      const own = tf.logSoftmax(tf.mul(a, b))
      return tf.sum(tf.mul(tf.exp(own), tf.sub(own, tf.logSoftmax(tf.tensor2d([0.2, 1, 0.4, 0, 0, 2], [2, 3])))), 1)
    },
  },
]

const convolve =
  (stride: number, padding: 'same' | 'valid') =>
  (a: Tensor, b: Tensor): Tensor =>
    tf.square(tf.mul(tf.conv2d(withRank(a, 4), withRank(b, 4), stride, padding), 0.2))

const convolutions: readonly GradientCase[] = [
  {
    title: 'Conv2D',
    shapes: [
      [2, 4, 5, 2],
      [3, 3, 2, 3],
    ],
    f: convolve(1, 'same'),
  },
  {
    title: 'Conv2D with stride 2',
    shapes: [
      [2, 5, 4, 2],
      [3, 3, 2, 3],
    ],
    f: convolve(2, 'same'),
  },
  {
    title: 'Conv2D without padding',
    shapes: [
      [2, 5, 4, 1],
      [3, 3, 1, 2],
    ],
    f: convolve(1, 'valid'),
  },
  {
    title: 'Conv2D with stride 2, not padded',
    shapes: [
      [1, 6, 7, 1],
      [3, 3, 1, 2],
    ],
    f: convolve(2, 'valid'),
  },
  {
    title: 'Conv2D of 1 × 1',
    shapes: [
      [2, 3, 3, 2],
      [1, 1, 2, 2],
    ],
    f: convolve(1, 'same'),
  },
  {
    title: 'MaxPool 3 × 3, stride 2',
    shapes: [
      [2, 5, 4, 2],
      [2, 3, 2, 2],
    ],
    f: (a, b) => tf.mul(tf.maxPool(withRank(a, 4), 3, 2, 'same'), b),
  },
  {
    title: 'MaxPool 2 × 2, stride 2',
    shapes: [
      [1, 4, 4, 2],
      [1, 2, 2, 2],
    ],
    f: (a, b) => tf.mul(tf.maxPool(withRank(a, 4), 2, 2, 'valid'), b),
  },
]

export const gradientCases: readonly GradientCase[] = [
  ...elementwise,
  ...conditions,
  ...reductions,
  ...shapes,
  ...indexing,
  ...products,
  ...padded,
  ...convolutions,
]
