import type { GoalAggregate, Simulator } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { LevelSource } from '../levels/level-source.ts'
import { createStepWindow, type WindowMetrics } from './step-window.ts'

/** Averages over the episodes that ended during one rollout; null if none did. */
export type EpisodeMetrics = {
  readonly finished: number
  readonly return: number | null
  readonly proxyReturn: number | null
  readonly steps: number | null
}

/** The current episode of every slot and its returns so far. */
export type EpisodeLedger = {
  /** Starts the first episode of every slot. */
  begin(): void
  /** Drops the current episode of every slot and starts the next. */
  restart(): void
  /** Records the simulator's last step, and replaces episodes that ended. */
  record(): void
  /** [B] the number of started episodes by slot, equal to its number of drawn levels. */
  begun(): Int32Array
  /** The averages since the last call. */
  summarize(): EpisodeMetrics
  /** The window since the last call, in a world that is never reset; null in others. */
  takeWindow(): WindowMetrics | null
  /** Not between `record` and its `takeWindow`: the content of a window is not saved. */
  save(): LedgerState
  restore(state: LedgerState): void
}

export type LedgerState = {
  /** [B] number of the current episode. */
  readonly episodes: Int32Array
  /** [3 × B] the current episode's return, proxy return and next discount γ^t. */
  readonly running: Float64Array
  readonly levels: Uint8Array
  readonly simulator: readonly Uint8Array[]
}

export type EpisodeRules = {
  readonly discount: number
  /** How proxy returns are aggregated; `discounted` by default. */
  readonly proxyAggregate?: GoalAggregate
  /** Whether episodes never end: every slot is then one stream, and windows of steps replace episodes. */
  readonly continuing?: boolean
  /** The seed of episode e of slot s is word (s, e) of this stream. */
  readonly seeds: Stream
}

export function createEpisodeLedger<Level>(
  simulator: Simulator<Level>,
  levels: LevelSource<Level>,
  { discount, proxyAggregate, continuing, seeds }: EpisodeRules,
): EpisodeLedger {
  const { batch } = simulator
  const averaged = proxyAggregate === 'mean'
  const episodes = new Int32Array(batch)
  const running = new Float64Array(3 * batch)
  const returns = running.subarray(0, batch)
  const proxyReturns = running.subarray(batch, 2 * batch)
  const discounts = running.subarray(2 * batch)
  const window = continuing === true ? createStepWindow(simulator) : null
  const sums = { finished: 0, return: 0, proxyReturn: 0, steps: 0 }

  function start(slot: number): void {
    returns[slot] = 0
    proxyReturns[slot] = 0
    discounts[slot] = 1
    simulator.reset(slot, levels.next(slot, episodes[slot]), seeds.word(slot, episodes[slot]))
  }

  function finish(slot: number): void {
    if (averaged) proxyReturns[slot] /= simulator.steps[slot]
    sums.finished += 1
    sums.return += returns[slot]
    sums.proxyReturn += proxyReturns[slot]
    sums.steps += simulator.steps[slot]
    levels.finished?.({
      slot,
      episode: episodes[slot],
      return: returns[slot],
      proxyReturn: proxyReturns[slot],
      steps: simulator.steps[slot],
    })
    episodes[slot] += 1
    start(slot)
  }

  return {
    begin() {
      for (let slot = 0; slot < batch; slot++) start(slot)
      window?.open()
    },
    restart() {
      for (let slot = 0; slot < batch; slot++) {
        episodes[slot] += 1
        start(slot)
      }
    },
    record() {
      window?.record()
      for (let slot = 0; slot < batch; slot++) {
        returns[slot] += discounts[slot] * simulator.goalRewards[0][slot]
        proxyReturns[slot] += (averaged ? 1 : discounts[slot]) * simulator.goalRewards[1][slot]
        discounts[slot] *= discount
        if (simulator.terminated[slot] === 1 || simulator.truncated[slot] === 1) finish(slot)
      }
    },
    begun: () => episodes.map((episode) => episode + 1),
    summarize() {
      const { finished } = sums
      const mean = (sum: number) => (finished === 0 ? null : sum / finished)
      const summary = {
        finished,
        return: mean(sums.return),
        proxyReturn: mean(sums.proxyReturn),
        steps: mean(sums.steps),
      }
      Object.assign(sums, { finished: 0, return: 0, proxyReturn: 0, steps: 0 })
      return summary
    },
    takeWindow: () => window?.take() ?? null,
    save: () => ({
      episodes: episodes.slice(),
      running: running.slice(),
      levels: levels.save(),
      simulator: simulator.saveState(),
    }),
    restore(state) {
      episodes.set(state.episodes)
      running.set(state.running)
      levels.restore(state.levels)
      const current = Array.from(episodes, (episode, slot) => levels.current(slot, episode))
      simulator.restoreState(current, state.simulator)
      window?.open()
    },
  }
}
