import { clearRewards } from '../gridworlds/grid/episode-arrays.ts'
import { counterCount, coinCount, diedCount } from './counters.ts'
import type { Episodes } from './episodes.ts'
import { maxWalkers } from './level.ts'

/** Steps, what was reached, whether it can jump; the counters. */
const heads = 3
/** x, y and both velocities of the agent; x and velocity of every walker. Two words each: all of their bits. */
const floats = 4 + 2 * maxWalkers
export const stateWords = heads + counterCount + 2 * floats

/** An episode's state that its level does not determine. */
export function wordsOf(episodes: Episodes, slot: number): Int32Array {
  const { steps, reached, bodies, counters, walkers } = episodes
  const words = new Int32Array(stateWords)
  words.set([steps[slot], reached[slot], bodies.supported[slot]])
  words.set(counters.subarray(slot * counterCount, (slot + 1) * counterCount), heads)
  const values = new Float64Array(floats)
  values.set([bodies.x[slot], bodies.y[slot], bodies.vx[slot], bodies.vy[slot]])
  const [from, count] = [slot * walkers.room, walkers.count[slot]]
  values.set(walkers.x.subarray(from, from + count), 4)
  values.set(walkers.velocity.subarray(from, from + count), 4 + maxWalkers)
  words.set(new Int32Array(values.buffer), heads + counterCount)
  return words
}

/** The inverse, in a slot that has begun the level. */
export function readEpisode(episodes: Episodes, slot: number, words: Int32Array): void {
  const { steps, reached, bodies, counters, walkers, terminated, truncated, maxSteps } = episodes
  steps[slot] = words[0]
  reached[slot] = words[1]
  bodies.supported[slot] = words[2]
  counters.set(words.subarray(heads, heads + counterCount), slot * counterCount)
  const values = new Float64Array(words.slice(heads + counterCount).buffer)
  bodies.x[slot] = values[0]
  bodies.y[slot] = values[1]
  bodies.vx[slot] = values[2]
  bodies.vy[slot] = values[3]
  const [from, count] = [slot * walkers.room, walkers.count[slot]]
  walkers.x.set(values.subarray(4, 4 + count), from)
  walkers.velocity.set(values.subarray(4 + maxWalkers, 4 + maxWalkers + count), from)
  clearRewards(episodes, slot)
  const ended = counters[slot * counterCount + coinCount] + counters[slot * counterCount + diedCount] > 0
  terminated[slot] = ended ? 1 : 0
  truncated[slot] = !ended && steps[slot] >= maxSteps ? 1 : 0
}
