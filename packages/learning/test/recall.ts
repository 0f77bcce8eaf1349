import type { Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'

/**
 * One bit, shown only in the first step and requested four steps later: an answer equal to the bit earns 1. Waiting is
 * the same for both bits, so a policy without memory earns ½ on average.
 *
 *   step          0    1    2    3    4
 *   observation   bit  .    .    .    ?
 */
export type RecallLevel = { readonly bit: number }

/** Channels: bit 0, bit 1, the question. */
export const recallShape = [1, 1, 3] as const
export const recallSteps = 5

export function drawRecall(stream: Stream, index: number): RecallLevel {
  return { bit: stream.at(index).integer(2) }
}

export function createRecallSimulator(batch: number): Simulator<RecallLevel> {
  const observations = new Uint8Array(batch * 3)
  const [rewards, proxyRewards] = [new Float32Array(batch), new Float32Array(batch)]
  const terminated = new Uint8Array(batch)
  const steps = new Int32Array(batch)
  const bits = new Int32Array(batch)

  function draw(slot: number): void {
    observations.fill(0, slot * 3, slot * 3 + 3)
    if (steps[slot] === 0) observations[slot * 3 + bits[slot]] = 1
    if (steps[slot] === recallSteps - 1) observations[slot * 3 + 2] = 1
  }

  return {
    batch,
    observations,
    goalRewards: [rewards, proxyRewards],
    terminated,
    truncated: new Uint8Array(batch),
    steps,
    counters: new Int32Array(0),
    reset(slot, { bit }) {
      bits[slot] = bit
      steps[slot] = 0
      draw(slot)
    },
    step(actions) {
      for (let slot = 0; slot < batch; slot++) {
        steps[slot] += 1
        terminated[slot] = steps[slot] === recallSteps ? 1 : 0
        rewards[slot] = terminated[slot] === 1 && actions[slot] === bits[slot] ? 1 : 0
        draw(slot)
      }
    },
    saveState: () => Array.from(steps, (step) => Uint8Array.of(step)),
    restoreState(levels, state) {
      steps.set(state.map(([step]) => step))
      levels.forEach(({ bit }, slot) => {
        bits[slot] = bit
        draw(slot)
      })
    },
  }
}
