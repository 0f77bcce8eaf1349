import type { Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'

/** A corridor of seven cells: the agent walks left (0) or right (1) to the goal at one of its ends. */
export type CorridorLevel = { readonly start: number; readonly goal: number }

export const corridorShape = [1, 7, 2] as const
const cells = 7
const maxSteps = 10

export function drawCorridor(stream: Stream, index: number): CorridorLevel {
  const random = stream.at(index)
  return { start: 1 + random.integer(cells - 2), goal: random.integer(2) * (cells - 1) }
}

/** The proxy reward is for the left end, whether or not the goal is there. */
export function createCorridorSimulator(batch: number): Simulator<CorridorLevel> {
  const observations = new Uint8Array(batch * cells * 2)
  const rewards = new Float32Array(batch)
  const proxyRewards = new Float32Array(batch)
  const terminated = new Uint8Array(batch)
  const truncated = new Uint8Array(batch)
  const steps = new Int32Array(batch)
  const positions = new Int32Array(batch)
  const goals = new Int32Array(batch)

  function draw(slot: number): void {
    observations.fill(0, slot * cells * 2, (slot + 1) * cells * 2)
    observations[(slot * cells + positions[slot]) * 2] = 1
    observations[(slot * cells + goals[slot]) * 2 + 1] = 1
  }

  return {
    batch,
    observations,
    goalRewards: [rewards, proxyRewards],
    terminated,
    truncated,
    steps,
    counters: new Int32Array(0),
    reset(slot, level) {
      positions[slot] = level.start
      goals[slot] = level.goal
      steps[slot] = 0
      draw(slot)
    },
    step(actions) {
      for (let slot = 0; slot < batch; slot++) {
        positions[slot] = Math.min(cells - 1, Math.max(0, positions[slot] + (actions[slot] === 1 ? 1 : -1)))
        steps[slot] += 1
        rewards[slot] = positions[slot] === goals[slot] ? 1 : 0
        proxyRewards[slot] = positions[slot] === 0 ? 1 : 0
        terminated[slot] = rewards[slot]
        truncated[slot] = terminated[slot] === 0 && steps[slot] === maxSteps ? 1 : 0
        draw(slot)
      }
    },
    saveState: () => Array.from(positions, (position, slot) => Uint8Array.of(position, steps[slot])),
    restoreState(levels, state) {
      levels.forEach((level, slot) => {
        goals[slot] = level.goal
        positions[slot] = state[slot][0]
        steps[slot] = state[slot][1]
        draw(slot)
      })
    },
  }
}
