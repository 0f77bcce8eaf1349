import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { favourites } from './favourites.ts'
import type { EnsembleSpec, Vote } from './network-spec.ts'
import type { Memory, Network } from './network.ts'
import { layOut } from './parameters.ts'

/** Below it a probability counts as 0: its logarithm must stay finite. */
const leastProbability = 1e-12

/**
 * The members' networks as one: logits are the logarithm of the vote, the value is the mean of the members' values. The
 * members' parameters lie one after the other, and so do the numbers that they carry.
 */
export function ensembleNetwork(spec: EnsembleSpec, member: Network): Network {
  const { members, vote } = spec
  const perMember = member.parameters.length
  const arraysOf = (arrays: readonly Tensor[], k: number) => arrays.slice(k * perMember, (k + 1) * perMember)
  const each = <Result>(apply: (k: number) => Result) => Array.from({ length: members }, (_, k) => apply(k))
  return {
    spec,
    interface: member.interface,
    input: member.input,
    reading: member.reading,
    ...layOut(each((k) => member.parameters.map((one) => ({ ...one, name: `member-${k + 1}.${one.name}` }))).flat()),
    forward: (arrays, observations) =>
      decideTogether(
        each((k) => member.forward(arraysOf(arrays, k), observations)),
        vote,
      ),
    memory: member.memory === null ? null : togetherInMemory(member.memory, { members, vote, arraysOf }),
  }
}

type Together = Pick<EnsembleSpec, 'members' | 'vote'> & {
  readonly arraysOf: (arrays: readonly Tensor[], k: number) => readonly Tensor[]
}

function togetherInMemory({ width, unroll }: Memory, { members, vote, arraysOf }: Together): Memory {
  return {
    width: members * width,
    unroll(arrays, observations, { state, starts }) {
      const carried: Tensor[] = tf.split(state, members, 1)
      const unrolled = carried.map((own, k) =>
        unroll(arraysOf(arrays, k), observations, { state: withRank(own, 2), starts }),
      )
      return {
        output: decideTogether(
          unrolled.map(({ output }) => output),
          vote,
        ),
        state: withRank(
          tf.concat(
            unrolled.map((one) => one.state),
            1,
          ),
          2,
        ),
      }
    },
  }
}

/** outputs: [n, actions + 1] of each member; returns the same shape. */
function decideTogether(outputs: readonly Tensor2D[], vote: Vote): Tensor2D {
  const actions = outputs[0].shape[1] - 1
  const split = outputs.map((output): Tensor[] => tf.split(output, [actions, 1], 1))
  const votes = average(split.map(([logits]) => (vote === 'mean' ? tf.softmax(logits) : favourites(logits))))
  const value = average(split.map(([, one]) => one))
  return withRank(tf.concat([tf.log(tf.maximum(votes, leastProbability)), value], 1), 2)
}

function average(values: readonly Tensor[]): Tensor {
  return tf.mul(
    values.reduce((sum, value) => tf.add(sum, value)),
    1 / values.length,
  )
}
