import type { Simulator } from '../environment.ts'
import { clearRewards, showArrays } from '../gridworlds/grid/episode-arrays.ts'
import { saveSlots } from '../gridworlds/grid/slot-states.ts'
import { actionDirections, actionJumps, coinrunActions } from './actions.ts'
import { counterCount } from './counters.ts'
import { beginLevel, createEpisodes, type Episodes } from './episodes.ts'
import type { CoinrunLevel } from './level.ts'
import type { CoinrunParameters } from './parameters.ts'
import { createPixelView } from './pixel-view.ts'
import { readEpisode, stateWords, wordsOf } from './saved-episode.ts'
import { stepEpisode } from './step-episode.ts'
import { createSymbolicView } from './symbolic-view.ts'

export type CoinrunSimulator = Simulator<CoinrunLevel> & {
  /** For oracles and pictures; not to be changed. */
  readonly episodes: Episodes
}

export function isCoinrunSimulator(simulator: Simulator<CoinrunLevel>): simulator is CoinrunSimulator {
  return 'episodes' in simulator
}

export function createCoinrunSimulator(parameters: CoinrunParameters, batch: number): CoinrunSimulator {
  const episodes = createEpisodes(parameters, batch)
  const view = createView(episodes, parameters)
  const { steps, counters, terminated, truncated, mirrored } = episodes
  return {
    ...showArrays(episodes),
    episodes,
    reset(slot, level) {
      beginLevel(episodes, slot, level)
      steps[slot] = 0
      counters.fill(0, slot * counterCount, (slot + 1) * counterCount)
      clearRewards(episodes, slot)
      terminated[slot] = 0
      truncated[slot] = 0
      view.draw(slot)
    },
    step(actions) {
      for (let slot = 0; slot < batch; slot++) {
        const action = actions[slot]
        const acts = action < coinrunActions.length
        const direction = acts ? actionDirections[action] : 0
        stepEpisode(episodes, slot, mirrored[slot] === 1 ? -direction : direction, acts && actionJumps[action] === 1)
        view.update(slot)
      }
    },
    ...saveSlots<CoinrunLevel>({
      batch,
      words: stateWords,
      wordsOf: (slot) => wordsOf(episodes, slot),
      resume(slot, level, words) {
        beginLevel(episodes, slot, level)
        readEpisode(episodes, slot, words)
        view.draw(slot)
      },
    }),
  }
}

function createView(episodes: Episodes, parameters: CoinrunParameters) {
  if (parameters.view === 'symbolic') return createSymbolicView(episodes)
  const draw = createPixelView(episodes, parameters)
  return { draw, update: draw }
}
