import { createStream } from './stream.ts'
import { threefry2x32 } from './threefry.ts'

/**
 * A uniform number in [0, 1) for (seed, counter, lane), all unsigned 32-bit integers. Allocates nothing and has
 * no state: one function serves any number of streams side by side, each keyed by data, such as the seed of an episode.
 */
export type KeyedUniform = (seed: number, counter: number, lane: number) => number

/** Functions of different roles give independent numbers for equal arguments. */
export function createKeyedUniform(role: string): KeyedUniform {
  const salt = createStream(0).named(role).at(0).word()
  const words = new Uint32Array(2)
  return (seed, counter, lane) => {
    threefry2x32(seed, salt, counter, lane, words)
    return words[0] * 2 ** -32
  }
}
