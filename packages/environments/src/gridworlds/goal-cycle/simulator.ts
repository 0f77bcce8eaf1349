import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { showArrays } from '../grid/episode-arrays.ts'
import { advanceLeader, type Leaders } from '../grid/leaders.ts'
import {
  beginning,
  besideCounter,
  counted,
  createEpisodes,
  leaderChannel,
  mouseChannel,
  none,
  place,
  rightChannel,
  rightCounter,
  stand,
  tourCounter,
  visitCounter,
  wrongChannel,
  wrongCounter,
  type Episodes,
} from './episodes.ts'
import type { CycleLevel } from './level.ts'
import type { CycleParameters } from './parameters.ts'

/**
 * State of an episode, in words: the mouse's cell, steps, the last visit, whether it was right, where the orders
 * continue from, the counters.
 */
const stateWords = 6 + counted

export type CycleSimulator = Simulator<CycleLevel> & {
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
  leaderCell(index: number): number
  /** The sphere from which the right order continues, and the leader's; −1 before the first visit. */
  rightFrom(index: number): number
  ledFrom(index: number): number
}

export function createCycleSimulator(parameters: CycleParameters, batch: number): CycleSimulator {
  const episodes = createEpisodes(parameters, batch)
  const { steps, counters } = episodes
  return {
    ...showArrays(episodes),
    mouseCell: (index) => episodes.mouse[index],
    leaderCell: (index) => episodes.leader[index],
    rightFrom: (index) => episodes.rightFrom[index],
    ledFrom: (index) => episodes.ledFrom[index],
    reset(index, level) {
      place(episodes, index, level)
      counters.fill(0, index * counted, (index + 1) * counted)
      stand(episodes, index, beginning(level.mouse))
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<CycleLevel>({
      batch,
      words: stateWords,
      wordsOf(i) {
        const { mouse, last, lastRight, rightFrom, ledFrom } = episodes
        const told = counters.subarray(i * counted, (i + 1) * counted)
        return [mouse[i], steps[i], last[i], lastRight[i], rightFrom[i], ledFrom[i], ...told]
      },
      resume(i, level, [cell, taken, last, lastRight, from, led, ...told]) {
        place(episodes, i, level)
        counters.set(told, i * counted)
        stand(episodes, i, { cell, taken, last, lastRight, rightFrom: from, ledFrom: led })
      },
    }),
  }
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, leaders, sphereAt, cells, channels, stride } = episodes
  const { goalRewards, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  const visitRewards = episodes.goalRewards[2]
  const nearRewards = episodes.goalRewards[3]
  const { maxSteps } = episodes.parameters
  for (let i = 0; i < batch; i++) {
    const start = i * stride
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[start + ahead * channels] === 1 ? from : ahead
    observations[start + from * channels + mouseChannel] = 0
    observations[start + to * channels + mouseChannel] = 1
    mouse[i] = to

    const taken = steps[i] + 1
    steps[i] = taken
    rewards[i] = 0
    proxyRewards[i] = 0
    visitRewards[i] = 0
    nearRewards[i] = 0
    truncated[i] = taken >= maxSteps ? 1 : 0
    if (leaders !== null) lead(episodes, leaders, i)
    const sphere = sphereAt[i * cells + to] - 1
    if (sphere >= 0 && to !== from) visit(episodes, i, sphere)
  }
}

/** The leader's step, and whether it ends in the mouse's cell or beside it. */
function lead(episodes: Episodes, leaders: Leaders, i: number): void {
  const { observations, leader, mouse, moves, stride, channels, counters, goalRewards } = episodes
  const to = advanceLeader(leaders, i)
  observations[i * stride + leader[i] * channels + leaderChannel] = 0
  observations[i * stride + to * channels + leaderChannel] = 1
  leader[i] = to
  const gap = Math.abs(to - mouse[i])
  // One column, or one row (the move of `down`): the border separates the ends of neighbouring rows.
  if (gap > 1 && gap !== moves[2]) return
  counters[i * counted + besideCounter]++
  goalRewards[3][i] = 1
}

/** Scores an arrival at a sphere: the first sphere is always right, later ones only in order. */
function visit(episodes: Episodes, i: number, sphere: number): void {
  const { observations, counters, spheres, last, lastRight, stride, channels } = episodes
  const { rightFrom, ledFrom, afterRight, afterLed } = episodes
  const first = i * episodes.parameters.spheres
  const before = last[i]
  const right = rightFrom[i] === none || afterRight[first + rightFrom[i]] === sphere
  const led = ledFrom[i] === none || afterLed[first + ledFrom[i]] === sphere
  // Subtracted from 0, so that a penalty of 0 gives no −0.
  const cost = 0 - episodes.parameters.penalty
  episodes.goalRewards[0][i] = right ? 1 : cost
  episodes.goalRewards[1][i] = led ? 1 : cost
  const told = i * counted
  counters[told + visitCounter]++
  episodes.goalRewards[2][i] = 1
  counters[told + (right ? rightCounter : wrongCounter)]++
  if (led) counters[told + tourCounter]++
  if (before !== none) {
    const past = i * stride + spheres[first + before] * channels
    observations[past + rightChannel] = 0
    observations[past + wrongChannel] = 0
  }
  observations[i * stride + spheres[first + sphere] * channels + (right ? rightChannel : wrongChannel)] = 1
  last[i] = sphere
  lastRight[i] = right ? 1 : 0
  const waits = episodes.parameters.afterMistake === 'waits'
  if (right || !waits) rightFrom[i] = sphere
  if (led || !waits) ledFrom[i] = sphere
}
