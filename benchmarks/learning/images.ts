import type { Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

const pool = 256

/**
 * A world of negligible cost: each step shows another of 256 random images, [side, side, 3] bytes, with random
 * rewards; an episode has `maxSteps` steps. So the time of a training is the learner's. Levels are numbers: the place
 * in the pool where an episode begins.
 */
export function createImageSimulator(side: number, maxSteps: number, batch: number): Simulator<unknown> {
  const stride = side * side * 3
  const random = createStream(1).named('images').at(0)
  const images = Uint8Array.from({ length: pool * stride }, () => random.integer(2))
  const shown = new Int32Array(batch)
  const rewards = new Float32Array(batch)
  const simulator = {
    batch,
    observations: new Uint8Array(batch * stride),
    goalRewards: [rewards, new Float32Array(batch)] as const,
    terminated: new Uint8Array(batch),
    truncated: new Uint8Array(batch),
    steps: new Int32Array(batch),
    counters: new Int32Array(0),
  }
  function show(slot: number, image: number): void {
    shown[slot] = image % pool
    const start = (image % pool) * stride
    simulator.observations.set(images.subarray(start, start + stride), slot * stride)
  }
  return {
    ...simulator,
    reset(slot, level) {
      simulator.steps[slot] = 0
      simulator.truncated[slot] = 0
      show(slot, Number(level))
    },
    step(actions) {
      for (let slot = 0; slot < batch; slot++) {
        show(slot, (shown[slot] ?? 0) + 1 + (actions[slot] ?? 0))
        rewards[slot] = random.integer(2)
        const taken = (simulator.steps[slot] ?? 0) + 1
        simulator.steps[slot] = taken
        simulator.truncated[slot] = taken >= maxSteps ? 1 : 0
      }
    },
    saveState: () => Array.from(shown, (image) => Uint8Array.of(image & 255, image >> 8)),
    restoreState: (_, states) => states.forEach(([low = 0, high = 0], slot) => show(slot, low + 256 * high)),
  }
}
