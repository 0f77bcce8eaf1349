import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { affine } from './dense.ts'
import type { ParameterSpec } from './parameters.ts'

/** The state that a recurrent network carries from step to step. */
export type Carried = {
  /** [B, S], before the first step */
  readonly state: Tensor2D
  /** [T · B], step-major, bytes or float32: 1 if a step is the first of an episode, which starts from zeros. */
  readonly starts: Tensor1D
}

export type Unrolled = {
  /** [T · B, width] the hidden state after each step */
  readonly hidden: Tensor2D
  /** [B, S], after the last step */
  readonly state: Tensor2D
}

/**
 * A long short-term memory (Hochreiter & Schmidhuber, 1997; forget gates after Gers et al., 2000):
 *
 *   (i f g o) = x · input + h · recurrent + bias
 *   c ← σ(f) · c + σ(i) · tanh(g),   h ← σ(o) · tanh(c)
 *
 * Recurrent weights are orthogonal gate by gate; the forget gate's bias starts at 1, so that a new network remembers.
 * The state [B, 2 · width] is h, then c.
 */
export type Lstm = {
  readonly parameters: readonly ParameterSpec[]
  /** Width of the state, S = 2 · width. */
  readonly state: number
  /** features: [T · B, from], step-major. The number of steps follows from the shapes; they are written out. */
  unroll(features: Tensor2D, parameters: readonly Tensor[], carried: Carried): Unrolled
}

export function createLstm(name: string, from: number, width: number): Lstm {
  return {
    parameters: lstmParameters(name, from, width),
    state: 2 * width,
    unroll(features, [input, recurrent, bias], { state, starts }) {
      const steps = features.shape[0] / state.shape[0]
      // Split, not sliced: the gradient of a slice is as large as the whole array, at every step.
      const inputs = pieces(affine(features, input, bias), steps)
      const kept = pieces(tf.reshape(tf.sub(1, tf.cast(starts, 'float32')), [-1, 1]), steps)
      let [hidden, cell]: Tensor[] = tf.split(state, 2, 1)
      const all = inputs.map((x, t) => {
        const gates = tf.add(x, tf.matMul(tf.mul(hidden, kept[t]), recurrent))
        ;[hidden, cell] = advance(gates, tf.mul(cell, kept[t]))
        return hidden
      })
      return { hidden: withRank(tf.concat(all, 0), 2), state: withRank(tf.concat([hidden, cell], 1), 2) }
    },
  }
}

function advance(gates: Tensor, cell: Tensor): [hidden: Tensor, cell: Tensor] {
  const [i, f, g, o] = tf.split(gates, 4, 1)
  const next = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)))
  return [tf.mul(tf.sigmoid(o), tf.tanh(next)), next]
}

function pieces(x: Tensor, count: number): Tensor[] {
  return count === 1 ? [x] : tf.split(x, count, 0)
}

function lstmParameters(name: string, from: number, width: number): ParameterSpec[] {
  const gates = [0, 1, 2, 3].map(() => ({ columns: width, gain: 1 }))
  const biases = [0, 1, 0, 0].map((value) => ({ columns: width, value }))
  return [
    { name: `${name}.input`, shape: [from, 4 * width], initial: { kind: 'orthogonal', groups: gates } },
    { name: `${name}.recurrent`, shape: [width, 4 * width], initial: { kind: 'orthogonal', groups: gates } },
    { name: `${name}.bias`, shape: [4 * width], initial: { kind: 'constant', groups: biases } },
  ]
}
