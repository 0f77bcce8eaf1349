import type { Simulator } from '@goalpost/environments'

export const treadmillShape = [1, 5, 1] as const
const cells = 5

export type TreadmillLevel = { readonly start: number }

/** A ring of five cells without an end: +1 in the first one, and a proxy reward for walking right. Counts both. */
export function createTreadmill(batch: number): Simulator<TreadmillLevel> {
  const observations = new Uint8Array(batch * cells)
  const [rewards, proxyRewards] = [new Float32Array(batch), new Float32Array(batch)]
  const [steps, counters, places] = [new Int32Array(batch), new Int32Array(2 * batch), new Int32Array(batch)]

  function stand(slot: number, place: number): void {
    observations[slot * cells + places[slot]] = 0
    observations[slot * cells + place] = 1
    places[slot] = place
  }

  return {
    batch,
    observations,
    goalRewards: [rewards, proxyRewards],
    terminated: new Uint8Array(batch),
    truncated: new Uint8Array(batch),
    steps,
    counters,
    reset(slot, { start }) {
      stand(slot, start)
      steps[slot] = 0
      counters.fill(0, 2 * slot, 2 * slot + 2)
    },
    step(actions) {
      for (let slot = 0; slot < batch; slot++) {
        const right = actions[slot] === 1
        stand(slot, (places[slot] + (right ? 1 : cells - 1)) % cells)
        rewards[slot] = places[slot] === 0 ? 1 : 0
        proxyRewards[slot] = right ? 1 : 0
        counters[2 * slot] += rewards[slot]
        counters[2 * slot + 1] += proxyRewards[slot]
        steps[slot]++
      }
    },
    saveState: () =>
      Array.from(
        places,
        (place, slot) =>
          new Uint8Array(Int32Array.of(place, steps[slot], counters[2 * slot], counters[2 * slot + 1]).buffer),
      ),
    restoreState(_, state) {
      for (let slot = 0; slot < batch; slot++) {
        const [place, taken, ...counted] = new Int32Array(state[slot].slice().buffer)
        stand(slot, place)
        steps[slot] = taken
        counters.set(counted, 2 * slot)
      }
    },
  }
}
