import { createStream } from './stream.ts'
import { threefry2x32 } from './threefry.ts'

/**
 * Any number of words for each (seed, counter), both unsigned 32-bit integers: for steps with many random events.
 * Cheaper than a keyed uniform for every draw, and as independent of batch, order and earlier draws.
 */
export type StepRng = {
  /** Restarts, independent of earlier draws. */
  start(seed: number, counter: number): void
  /** The next unsigned 32-bit word since `start`. Allocates nothing. */
  word(): number
  /** The next integer in 0 … bound − 1; no number is off by more than one in 2^32 / bound. */
  below(bound: number): number
}

/**
 * xoshiro64** (Blackman & Vigna, 2018), started with the two words of Threefry. Generators of different roles give
 * independent words for equal arguments.
 */
export function createStepRng(role: string): StepRng {
  const salt = createStream(0).named(role).at(0).word()
  const words = new Uint32Array(2)
  const state = new Int32Array(2)

  function word(): number {
    const a = state[0]
    const b = state[1] ^ a
    const product = Math.imul(a, 0x9e3779bb)
    state[0] = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9)
    state[1] = (b << 13) | (b >>> 19)
    return Math.imul((product << 5) | (product >>> 27), 5) >>> 0
  }

  return {
    start(seed, counter) {
      threefry2x32(seed, salt, counter, 0, words)
      state[0] = words[0]
      // The recurrence cannot leave two zeros.
      state[1] = (words[0] | words[1]) === 0 ? 1 : words[1]
    },
    word,
    below: (bound) => Math.floor(word() * 2 ** -32 * bound),
  }
}
