import type { Simulator } from '../../environment.ts'
import { saveSlots } from './slot-states.ts'
import { clearRewards, createEpisodeArrays, showArrays, type EpisodeArrays } from './episode-arrays.ts'
import { neighbourOffsets, sideOf } from './grid.ts'
import {
  channelCount,
  visitedBoth,
  visitedCheese,
  visitedProxy,
  worthAt,
  type MazeLevel,
  type MazeRules,
} from './maze-rules.ts'

export type MazeSimulator<Level> = Simulator<Level> & {
  readonly size: number
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
}

export function isMazeSimulator<Level>(simulator: Simulator<Level>): simulator is MazeSimulator<Level> {
  return 'mouseCell' in simulator
}

/**
 * Everything about the episodes, one array per fact. The observation doubles as the map: its wall channel decides which
 * moves are blocked. Places are byte offsets into it, of a cell's first channel.
 */
type Episodes = EpisodeArrays & {
  readonly mouse: Int32Array
  readonly cheese: Int32Array
  readonly proxy: Int32Array
  readonly visited: Uint8Array
  /** [batch] bits of the other places that were visited. */
  readonly places: Uint8Array
  /** [stride] by place: 0, or the goal, counted from 1, that is one of the other places. */
  readonly otherAt: Uint8Array
  /** [batch] The slots that another place has paid in the last step: the first `paidCount[0]` of them. */
  readonly paid: Int32Array
  readonly paidCount: Int32Array
  readonly channels: number
  readonly proxyChannels: number
  /** Bytes of one observation. */
  readonly stride: number
  readonly maxSteps: number
  readonly timePenalty: number
  /** [4] by what was visited: 1 where the episode ends. */
  readonly ends: Uint8Array
  /**
   * [256] by action: how far it moves the mouse. Actions other than the four directions, like `stay`, do not move it.
   */
  readonly moves: Int32Array
}

/** Words of state of each episode: the mouse's cell, the steps taken, what was visited. */
const stateWords = 3
/** Bits of cheese and proxy in the last word, below the others. */
const placeShift = 2

/** Episodes in mazes with two goals; a step changes only the bytes of the observations that differ. */
export function createMazeSimulator<Level extends MazeLevel>(
  size: number,
  rules: MazeRules<Level>,
  batch: number,
): MazeSimulator<Level> {
  const episodes = createEpisodes(size, rules, batch)
  const { steps, stride, channels } = episodes

  function begin(index: number, level: Level, state: ArrayLike<number>): void {
    if (level.size !== size)
      throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
    place(episodes, index, { level, proxyCell: rules.proxyCell(level) })
    resume(episodes, index, state)
  }
  const mouseCell = (index: number) => (episodes.mouse[index] - index * stride) / channels

  return {
    ...showArrays(episodes),
    size,
    mouseCell,
    reset: (index, level) => begin(index, level, [level.mouse, 0, 0]),
    step(actions) {
      clearPaid(episodes)
      stepAll(episodes, actions)
      if (rules.others.length > 0) visitPlaces(episodes)
    },
    ...saveSlots<Level>({
      batch,
      words: stateWords,
      wordsOf: (i) => [mouseCell(i), steps[i], episodes.visited[i] | (episodes.places[i] << placeShift)],
      resume: begin,
    }),
  }
}

function createEpisodes<Level extends MazeLevel>(size: number, rules: MazeRules<Level>, batch: number): Episodes {
  const channels = channelCount(rules)
  const stride = sideOf(size) ** 2 * channels
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size).map((offset) => offset * channels))
  return {
    channels,
    stride,
    moves,
    proxyChannels: rules.proxyChannels,
    maxSteps: rules.maxSteps,
    timePenalty: rules.timePenalty ?? 0,
    ends: Uint8Array.from(rules.ends, Number),
    otherAt: markPlaces(rules, size, channels),
    ...createEpisodeArrays({ batch, stride, counters: 0, goals: 2 + rules.others.length }),
    mouse: new Int32Array(batch),
    cheese: new Int32Array(batch),
    proxy: new Int32Array(batch),
    visited: new Uint8Array(batch),
    places: new Uint8Array(batch),
    paid: new Int32Array(batch),
    paidCount: new Int32Array(1),
  }
}

function markPlaces({ others }: MazeRules<never>, size: number, channels: number): Uint8Array {
  const marks = new Uint8Array(sideOf(size) ** 2 * channels)
  for (const [index, { cellIn }] of others.entries()) marks[cellIn(size) * channels] = 1 + index
  return marks
}

/** Shows the level, all but the mouse. */
function place(episodes: Episodes, index: number, { level, proxyCell }: { level: MazeLevel; proxyCell: number }): void {
  const { observations, stride, channels, cheese, proxy, proxyChannels } = episodes
  const { walls } = level
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < walls.length; cell++, at += channels) observations[at] = walls[cell]
  cheese[index] = start + level.cheese * channels
  proxy[index] = start + proxyCell * channels
  observations[cheese[index] + 2] = 1
  observations.fill(1, proxy[index] + 3, proxy[index] + 3 + proxyChannels)
}

/** Resumes in a placed level from [the mouse's cell, the steps taken, the visited places]. */
function resume(episodes: Episodes, index: number, state: ArrayLike<number>): void {
  const { 0: cell, 1: taken, 2: bits } = state
  const visited = bits & visitedBoth
  const { observations, stride, channels, mouse, ends, maxSteps } = episodes
  mouse[index] = index * stride + cell * channels
  observations[mouse[index] + 1] = 1
  episodes.visited[index] = 0
  episodes.places[index] = bits >> placeShift
  take(episodes, index, visited)
  clearRewards(episodes, index)
  episodes.steps[index] = taken
  episodes.terminated[index] = ends[visited]
  episodes.truncated[index] = taken >= maxSteps ? ends[visited] ^ 1 : 0
}

/** Visited things are removed from the observation. */
function take(episodes: Episodes, index: number, what: number): void {
  const { observations, cheese, proxy, proxyChannels } = episodes
  episodes.visited[index] |= what
  if ((what & visitedCheese) !== 0) observations[cheese[index] + 2] = 0
  if ((what & visitedProxy) !== 0) observations.fill(0, proxy[index] + 3, proxy[index] + 3 + proxyChannels)
}

/** Rewards are paid in full before: without a penalty they are whole numbers. */
function takeTime({ timePenalty, maxSteps, steps, goalRewards }: Episodes, index: number): void {
  if (timePenalty === 0) return
  const worth = worthAt(steps[index], { maxSteps, timePenalty })
  goalRewards[0][index] *= worth
  goalRewards[1][index] *= worth
}

/** Few slots visit another place in a step: clearing their rewards alone is faster than clearing all. */
function clearPaid(episodes: Episodes): void {
  const { paid, paidCount } = episodes
  for (let k = 0; k < paidCount[0]; k++) clearRewards(episodes, paid[k])
  paidCount[0] = 0
}

/** A separate loop: the hot loop, which other worlds share, is faster without this. */
function visitPlaces(episodes: Episodes): void {
  const { batch, mouse, stride, otherAt } = episodes
  for (let i = 0, start = 0; i < batch; i++, start += stride) {
    const other = otherAt[mouse[i] - start]
    if (other !== 0) visitPlace(episodes, i, other)
  }
}

/** The first visit pays. */
function visitPlace(episodes: Episodes, index: number, other: number): void {
  const { places, paid, paidCount, goalRewards, steps, maxSteps, timePenalty } = episodes
  const bit = 1 << (other - 1)
  if ((places[index] & bit) !== 0) return
  places[index] |= bit
  paid[paidCount[0]++] = index
  goalRewards[1 + other][index] = worthAt(steps[index], { maxSteps, timePenalty })
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, cheese, proxy, visited, ends, maxSteps } = episodes
  const { goalRewards, terminated, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  for (let i = 0; i < batch; i++) {
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[ahead] === 1 ? from : ahead
    observations[from + 1] = 0
    observations[to + 1] = 1
    mouse[i] = to

    const reached = (to === cheese[i] ? visitedCheese : 0) | (to === proxy[i] ? visitedProxy : 0)
    const first = reached & ~visited[i]
    if (first !== 0) take(episodes, i, first)
    rewards[i] = first & visitedCheese
    proxyRewards[i] = first >> 1

    const taken = steps[i] + 1
    steps[i] = taken
    if (first !== 0) takeTime(episodes, i)
    const ended = ends[visited[i]]
    terminated[i] = ended
    truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
  }
}
