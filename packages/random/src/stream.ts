import { createRng, type Rng } from './rng.ts'
import { threefry2x32 } from './threefry.ts'

/**
 * A named stream of randomness. Its words depend on its name and the counter alone: never on earlier
 * draws, on the batch, or on the worker.
 */
export type Stream = {
  /** The stream below this one for the given role, e.g. `stream.named('levels')`. */
  named(role: string): Stream
  /** A sequential generator for item `index` (an integer ≥ 0, below 2^53) of this stream. */
  at(index: number): Rng
  /** One uniform number in [0, 1) for the pair of 32-bit counters. Allocates nothing. */
  uniform(counter: number, lane?: number): number
  /** The unsigned 32-bit word behind `uniform`, for seeds. Allocates nothing. */
  word(counter: number, lane?: number): number
}

/** The root stream of a seed: an integer, 0 ≤ seed < 2^53. */
export function createStream(seed: number): Stream {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed must be an integer from 0 to 2^53 − 1, got ${seed}`)
  return streamOf(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0)
}

function streamOf(key0: number, key1: number): Stream {
  const words = new Uint32Array(2)
  return {
    named(role) {
      const { low, high } = hashRole(role)
      threefry2x32(key0, key1, low, high, words)
      return streamOf(words[0], words[1])
    },
    at(index) {
      threefry2x32(key0, key1, index >>> 0, Math.floor(index / 2 ** 32) >>> 0, words)
      const [word0, word1] = words
      // The bit flip separates these counters from those of `uniform` and the first half.
      threefry2x32(key0 ^ 0x9e3779b9, key1, index >>> 0, Math.floor(index / 2 ** 32) >>> 0, words)
      return createRng(word0, word1, words[0], words[1])
    },
    uniform(counter, lane = 0) {
      threefry2x32(key0, key1 ^ 0x85ebca6b, counter, lane, words)
      return words[0] * 2 ** -32
    },
    word(counter, lane = 0) {
      threefry2x32(key0, key1 ^ 0x85ebca6b, counter, lane, words)
      return words[0]
    },
  }
}

/** Two independent FNV-1a hashes of the role's UTF-16 code units. */
function hashRole(role: string): { low: number; high: number } {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (let i = 0; i < role.length; i++) {
    const unit = role.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 15)
  }
  return { low: low >>> 0, high: high >>> 0 }
}
