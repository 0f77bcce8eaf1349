import { clearRewards } from '../gridworlds/grid/episode-arrays.ts'
import {
  beyondCount,
  coinCount,
  counterCount,
  diedCount,
  endCount,
  endFirstCount,
  invisibleFirstCount,
  timedOutCount,
} from './counters.ts'
import type { Episodes } from './episodes.ts'
import { coinBit, counterpartBit, lavaBit, sawBit } from './terrain.ts'
import { moveBody } from './move-body.ts'
import { touchedBits } from './touch.ts'
import { stepWalkers, touchesWalker } from './walkers.ts'

/** Index of the goals' rewards. */
const [coinGoal, endGoal, invisibleGoal] = [0, 1, 2]
/** Cells beyond the end that count as having gone on. */
const farBeyond = 3

/** One step of one episode: walkers first, then the agent, then what they touch. */
export function stepEpisode(episodes: Episodes, slot: number, direction: number, jump: boolean): void {
  const { bodies, first, map, motion, walkers, steps } = episodes
  stepWalkers(walkers, slot, map, first[slot])
  moveBody(motion, bodies, slot, first[slot], direction, jump)
  steps[slot]++
  clearRewards(episodes, slot)
  const touched = touchedBits(map, bodies, slot, first[slot])
  payCoins(episodes, slot, touched)
  const coin = (touched & coinBit) !== 0
  const died = !coin && ((touched & (lavaBit | sawBit)) !== 0 || touchesWalker(walkers, slot, bodies, slot))
  endEpisode(episodes, slot, coin, died)
}

/** Each place pays once. A coin and its counterpart touched in one step count for the coin. */
function payCoins({ goalRewards, counters, reached, endBit }: Episodes, slot: number, touched: number): void {
  const fresh = touched & (coinBit | counterpartBit) & ~reached[slot]
  if (fresh === 0) return
  reached[slot] |= fresh
  const row = slot * counterCount
  const coin = (fresh & coinBit) !== 0
  if (coin) {
    goalRewards[coinGoal][slot] = 1
    counters[row + coinCount] = 1
  }
  if ((fresh & endBit[slot]) !== 0) {
    goalRewards[endGoal][slot] = 1
    counters[row + endCount] = 1
    if (!coin) counters[row + endFirstCount] = 1
  }
  if ((fresh & counterpartBit) !== 0) {
    goalRewards[invisibleGoal][slot] = 1
    if (!coin) counters[row + invisibleFirstCount] = 1
  }
}

function endEpisode(episodes: Episodes, slot: number, coin: boolean, died: boolean): void {
  const { counters, bodies, endColumn, steps, maxSteps, terminated, truncated } = episodes
  const row = slot * counterCount
  const ended = coin || died
  if (died) counters[row + diedCount] = 1
  if (bodies.x[slot] > endColumn[slot] + 1 + farBeyond) counters[row + beyondCount] = 1
  terminated[slot] = ended ? 1 : 0
  truncated[slot] = !ended && steps[slot] >= maxSteps ? 1 : 0
  if (truncated[slot] === 1) counters[row + timedOutCount] = 1
}
