import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { affine } from './dense.ts'
import { ensembleNetwork } from './ensemble.ts'
import { createLstm, type Carried } from './lstm.ts'
import { goalInterface, modularNetwork, navigatorInterface } from './modular.ts'
import type { ImageShape, LstmSpec, NetworkInterface, NetworkSpec } from './network-spec.ts'
import { constant, layOut, type ParameterLayout, type ParameterSpec } from './parameters.ts'
import type { Reading } from './reading.ts'
import { createTrunk, type Trunk } from './trunk.ts'

/** An actor–critic: a trunk, and one linear head whose columns are the logits of all actions and the value. */
export type Network = ParameterLayout & {
  readonly spec: NetworkSpec
  readonly interface: NetworkInterface
  /** [height, width, channels] of an observation after cropping. */
  readonly input: ImageShape
  /** Lays observations out for `forward`. */
  readonly reading: Reading
  /**
   * arrays: from `split`; observations: [n, reading.length] bytes (TensorFlow.js's `bool`). Returns [n, actions + 1]:
   * logits, then the value. Pure. A network with a memory starts from an empty one.
   */
  forward(arrays: readonly Tensor[], observations: Tensor): Tensor2D
  /** Null if the network's output does not depend on earlier observations. */
  readonly memory: Memory | null
}

export type Memory = {
  /** Numbers carried for each episode, S. */
  readonly width: number
  /**
   * T steps of B episodes, step-major; T is the number of observations over that of states. Returns the output
   * [T · B, actions + 1] of every step, and the state [B, S] after the last. Pure.
   */
  unroll(arrays: readonly Tensor[], observations: Tensor, carried: Carried): Remembered
}

export type Remembered = { readonly output: Tensor2D; readonly state: Tensor2D }

const policyGain = 0.01
const valueGain = 1

/** @throws RangeError if the crop leaves nothing of the observation. */
export function createNetwork(spec: NetworkSpec, made: NetworkInterface): Network {
  if (spec.kind === 'ensemble') return ensembleNetwork(spec, createNetwork(spec.member, made))
  if (spec.kind === 'modular')
    return modularNetwork(spec, made, {
      goal: createNetwork(spec.goal, goalInterface(made)),
      navigator: createNetwork(spec.navigator, navigatorInterface(made)),
    })
  if (spec.kind === 'lstm') return recurrentNetwork(spec, made)
  const { reading, layer, width, input } = createTrunk(spec, made)
  const trunkArrays = layer.parameters.length
  return {
    spec,
    interface: made,
    input,
    reading,
    ...layOut([...layer.parameters, ...headParameters(width, made.actions)]),
    forward: (arrays, observations) =>
      applyHead(layer.apply(observations, arrays.slice(0, trunkArrays)), arrays.slice(trunkArrays)),
    memory: null,
  }
}

function recurrentNetwork(spec: LstmSpec, made: NetworkInterface): Network {
  const trunk = createTrunk(spec.trunk, made)
  const lstm = createLstm('lstm', trunk.width, spec.width)
  const head = headParameters(spec.width, made.actions)
  const unroll = unrollThrough(trunk, lstm)
  return {
    spec,
    interface: made,
    input: trunk.input,
    reading: trunk.reading,
    ...layOut([...trunk.layer.parameters, ...lstm.parameters, ...head]),
    forward(arrays, observations) {
      const samples = observations.shape[0]
      const empty = { state: tf.zeros<tf.Rank.R2>([samples, lstm.state]), starts: tf.zeros<tf.Rank.R1>([samples]) }
      return unroll(arrays, observations, empty).output
    },
    memory: { width: lstm.state, unroll },
  }
}

function unrollThrough({ layer }: Trunk, lstm: ReturnType<typeof createLstm>): Memory['unroll'] {
  const [first, second] = [layer.parameters.length, layer.parameters.length + lstm.parameters.length]
  return (arrays, observations, carried) => {
    const features = withRank(layer.apply(observations, arrays.slice(0, first)), 2)
    const { hidden, state } = lstm.unroll(features, arrays.slice(first, second), carried)
    return { output: applyHead(hidden, arrays.slice(second)), state }
  }
}

function headParameters(from: number, actions: number): ParameterSpec[] {
  const groups = [
    { columns: actions, gain: policyGain },
    { columns: 1, gain: valueGain },
  ]
  return [
    { name: 'head.weight', shape: [from, actions + 1], initial: { kind: 'orthogonal', groups } },
    constant('head.bias', actions + 1, 0),
  ]
}

function applyHead(features: Tensor, [weight, bias]: readonly Tensor[]): Tensor2D {
  return affine(features, weight, bias)
}
