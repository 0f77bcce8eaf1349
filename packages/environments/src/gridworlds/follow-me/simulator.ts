import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { advanceLeader, createLeaders, placeLeader, startLeader, type Leaders } from '../grid/leaders.ts'
import { clearRewards, createEpisodeArrays, showArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import { shunnedCells, tourCells, type FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'

export const followChannels = ['wall', 'mouse', 'leader', 'beacon', 'active'] as const
const channels = followChannels.length
const [mouseChannel, leaderChannel, beaconChannel, activeChannel] = [1, 2, 3, 4]

export const followCounters = [
  'visits',
  'right visits',
  "visits in the leader's order",
  'wrong visits',
  'steps beside the leader',
] as const
const counted = followCounters.length
const [visitCounter, rightCounter, tourCounter, wrongCounter, besideCounter] = [0, 1, 2, 3, 4]

/** State of an episode, in words: the mouse's cell, the steps taken, the counters. They determine the leader's cell. */
const stateWords = 2 + counted

export type FollowSimulator = Simulator<FollowLevel> & {
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
  leaderCell(index: number): number
}

/** The observation doubles as the map. Places are byte offsets into it, of a cell's first channel. */
type Episodes = EpisodeArrays & {
  readonly stride: number
  readonly maxSteps: number
  readonly count: number
  readonly activeVisible: boolean
  readonly leaders: Leaders | null
  readonly mouse: Int32Array
  readonly leader: Int32Array
  /** [batch × count] places of the beacons in the right order, and in the leader's: −1 after the end of its round. */
  readonly order: Int32Array
  readonly tour: Int32Array
  /** [256] by action. */
  readonly moves: Int32Array
}

function createEpisodes(parameters: FollowParameters, batch: number): Episodes {
  const { size, maxSteps, beacons: count, activeVisible, agents } = parameters
  const stride = sideOf(size) ** 2 * channels
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size).map((offset) => offset * channels))
  const present = agents.leader === 'present'
  return {
    ...createEpisodeArrays({ batch, stride, counters: counted, goals: 4 }),
    stride,
    maxSteps,
    count,
    activeVisible,
    leaders: present ? createLeaders({ batch, size, maxSteps, stops: count, around: false }) : null,
    mouse: new Int32Array(batch),
    leader: new Int32Array(batch),
    order: new Int32Array(batch * count),
    tour: new Int32Array(batch * count),
    moves,
  }
}

export function createFollowSimulator(parameters: FollowParameters, batch: number): FollowSimulator {
  const episodes = createEpisodes(parameters, batch)
  const { steps, counters, stride } = episodes
  const cellOf = (places: Int32Array, index: number) => (places[index] - index * stride) / channels
  const begin = (index: number, level: FollowLevel) => {
    checkLevel(level, parameters)
    place(episodes, index, level)
  }
  return {
    ...showArrays(episodes),
    mouseCell: (index) => cellOf(episodes.mouse, index),
    leaderCell: (index) => cellOf(episodes.leader, index),
    reset(index, level) {
      begin(index, level)
      counters.fill(0, index * counted, (index + 1) * counted)
      stand(episodes, index, { cell: level.mouse, taken: 0 })
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<FollowLevel>({
      batch,
      words: stateWords,
      wordsOf: (i) => [cellOf(episodes.mouse, i), steps[i], ...counters.subarray(i * counted, (i + 1) * counted)],
      resume(i, level, [cell, taken, ...told]) {
        begin(i, level)
        counters.set(told, i * counted)
        stand(episodes, i, { cell, taken })
      },
    }),
  }
}

function checkLevel(level: FollowLevel, { size, beacons }: FollowParameters): void {
  if (level.size !== size)
    throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
  if (level.beacons.length !== beacons)
    throw new RangeError(`a level of ${level.beacons.length} beacons does not fit a simulator of ${beacons}`)
}

/** Shows the maze and its beacons, and plans the leader's path. */
function place(episodes: Episodes, index: number, level: FollowLevel): void {
  const { observations, stride, leaders, order, tour, count } = episodes
  const { walls, beacons } = level
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < walls.length; cell++, at += channels) observations[at] = walls[cell]
  for (let i = 0; i < count; i++) {
    order[index * count + i] = start + beacons[i] * channels
    tour[index * count + i] = i < level.tour.length ? start + beacons[level.tour[i]] * channels : -1
    observations[start + beacons[i] * channels + beaconChannel] = 1
  }
  if (leaders === null) return
  startLeader(leaders, index, level, { from: level.leader, stops: tourCells(level), shunned: shunnedCells(level) })
}

type Standing = { readonly cell: number; readonly taken: number }

/** Puts mouse and leader in their cells after `taken` steps; the counters give their progress. */
function stand(episodes: Episodes, index: number, { cell, taken }: Standing): void {
  const { observations, stride, maxSteps, count, leaders, mouse, leader, order } = episodes
  const start = index * stride
  mouse[index] = start + cell * channels
  observations[mouse[index] + mouseChannel] = 1
  if (leaders !== null) {
    leader[index] = start + placeLeader(leaders, index, taken) * channels
    observations[leader[index] + leaderChannel] = 1
  }
  const right = episodes.counters[index * counted + rightCounter]
  if (right < count && episodes.activeVisible) observations[order[index * count + right] + activeChannel] = 1
  episodes.steps[index] = taken
  clearRewards(episodes, index)
  episodes.terminated[index] = right === count ? 1 : 0
  episodes.truncated[index] = right < count && taken >= maxSteps ? 1 : 0
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, maxSteps, leaders } = episodes
  const { goalRewards, terminated, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  const visitRewards = episodes.goalRewards[2]
  const nearRewards = episodes.goalRewards[3]
  for (let i = 0; i < batch; i++) {
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[ahead] === 1 ? from : ahead
    observations[from + mouseChannel] = 0
    observations[to + mouseChannel] = 1
    mouse[i] = to

    const taken = steps[i] + 1
    steps[i] = taken
    rewards[i] = 0
    proxyRewards[i] = 0
    visitRewards[i] = 0
    nearRewards[i] = 0
    terminated[i] = 0
    truncated[i] = taken >= maxSteps ? 1 : 0
    if (leaders !== null) lead(episodes, leaders, i)
    if (to !== from && observations[to + beaconChannel] === 1) visit(episodes, i, to)
  }
}

/** The leader's step, and whether it ends in the mouse's cell or beside it. */
function lead(episodes: Episodes, leaders: Leaders, i: number): void {
  const { observations, leader, mouse, moves, stride, counters, goalRewards } = episodes
  const to = i * stride + advanceLeader(leaders, i) * channels
  observations[leader[i] + leaderChannel] = 0
  observations[to + leaderChannel] = 1
  leader[i] = to
  const gap = Math.abs(to - mouse[i])
  // One column, or one row (the move of `down`): the border separates the ends of neighbouring rows.
  if (gap > channels && gap !== moves[2]) return
  counters[i * counted + besideCounter]++
  goalRewards[3][i] = 1
}

/** The mouse arrived at a beacon. */
function visit(episodes: Episodes, i: number, to: number): void {
  const { observations, counters, order, tour, count } = episodes
  const told = i * counted
  const first = i * count
  counters[told + visitCounter]++
  episodes.goalRewards[2][i] = 1
  const followed = counters[told + tourCounter]
  if (followed < count && tour[first + followed] === to) {
    episodes.goalRewards[1][i] = 1
    counters[told + tourCounter]++
  }
  const right = counters[told + rightCounter]
  if (order[first + right] !== to) {
    counters[told + wrongCounter]++
    return
  }
  episodes.goalRewards[0][i] = 1
  counters[told + rightCounter]++
  observations[to + activeChannel] = 0
  if (right + 1 < count) observations[order[first + right + 1] + activeChannel] = episodes.activeVisible ? 1 : 0
  else {
    episodes.terminated[i] = 1
    episodes.truncated[i] = 0
  }
}
