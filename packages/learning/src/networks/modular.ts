import { withRank } from '@goalpost/engine'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { favourites } from './favourites.ts'
import type { ImageShape, ModularSpec, NetworkInterface } from './network-spec.ts'
import type { Network } from './network.ts'
import { layOut } from './parameters.ts'
import { readWhole } from './reading.ts'

/** An observation with one more channel, the last, in which only the told cell is set. */
export function withToldChannel([height, width, channels]: ImageShape): ImageShape {
  return [height, width, channels + 1]
}

/** Of a module that chooses a cell of whole observations: its actions are the cells, row by row. */
export function goalInterface({ observation }: NetworkInterface): NetworkInterface {
  return { observation, actions: observation[0] * observation[1] }
}

/** Of a module that is told a cell, in whole observations. */
export function navigatorInterface({ observation, actions }: NetworkInterface): NetworkInterface {
  return { observation: withToldChannel(observation), actions }
}

type Modules = { readonly goal: Network; readonly navigator: Network }

/**
 * The output of the navigator, told the cell that the goal module finds the likeliest in the same observation. The
 * parameters of the goal module lie first.
 */
export function modularNetwork(spec: ModularSpec, made: NetworkInterface, { goal, navigator }: Modules): Network {
  const pointers = goal.parameters.length
  const named = (module: string, { parameters }: Network) =>
    parameters.map((one) => ({ ...one, name: `${module}.${one.name}` }))
  const tell = tellPointed(spec, made)
  return {
    spec,
    interface: made,
    input: navigator.input,
    reading: readWhole(made.observation),
    ...layOut([...named('goal', goal), ...named('navigator', navigator)]),
    forward(arrays, observations) {
      const pointed = goal.forward(arrays.slice(0, pointers), observations)
      return navigator.forward(arrays.slice(pointers), tell(observations, pointed))
    },
    memory: null,
  }
}

/** observations: [n, length]; pointed: [n, cells + 1], the goal module's output. Returns what the navigator sees. */
function tellPointed({ unseen }: ModularSpec, { observation: [height, width, channels] }: NetworkInterface) {
  const visible = Array.from({ length: channels }, (_, channel) => (channel === unseen ? 0 : 1))
  return (observations: Tensor, pointed: Tensor): Tensor => {
    const [logits]: Tensor[] = tf.split(pointed, [height * width, 1], 1)
    const told = tf.reshape(favourites(logits), [-1, height, width, 1])
    const image: Tensor = tf.cast(tf.reshape(observations, [-1, height, width, channels]), 'float32')
    const seen = unseen === null ? image : tf.mul(image, tf.tensor1d(visible))
    return withRank(tf.concat([seen, told], 3), 4)
  }
}
