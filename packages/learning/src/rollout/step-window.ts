import type { Simulator } from '@goalpost/environments'

/** Sums over all slots, for worlds that are never reset and have no episodes to average over. */
export type WindowMetrics = {
  /** Steps of all slots. */
  readonly steps: number
  /** Sums over these steps. */
  readonly reward: number
  readonly proxyReward: number
  /** The increase of each counter of the simulator. */
  readonly counters: readonly number[]
}

export type StepWindow = {
  /** Starts at the simulator's current state. */
  open(): void
  /** Adds the simulator's last step. */
  record(): void
  /** The sums since the window was opened; opens another one. */
  take(): WindowMetrics
}

/** Counters must only grow, as in an episode that never ends. */
export function createStepWindow(simulator: Simulator<never>): StepWindow {
  const { goalRewards, batch, counters } = simulator
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  const counted = counters.length / batch
  const before = new Float64Array(counted)
  const sums = { steps: 0, reward: 0, proxyReward: 0 }

  function open(): void {
    before.set(totals())
    Object.assign(sums, { steps: 0, reward: 0, proxyReward: 0 })
  }

  function totals(): Float64Array {
    const sum = new Float64Array(counted)
    for (let i = 0; i < counters.length; i++) sum[i % counted] += counters[i]
    return sum
  }

  return {
    open,
    record() {
      for (let slot = 0; slot < batch; slot++) {
        sums.reward += rewards[slot]
        sums.proxyReward += proxyRewards[slot]
      }
      sums.steps += batch
    },
    take() {
      const window = { ...sums, counters: Array.from(totals(), (total, i) => total - before[i]) }
      open()
      return window
    },
  }
}
