import type { Simulator } from '../../environment.ts'
import { saveSlots } from './slot-states.ts'
import { clearRewards, createEpisodeArrays, showArrays, type EpisodeArrays } from './episode-arrays.ts'
import { neighbourOffsets, sideOf } from './grid.ts'
import {
  channelCount,
  visitedBoth,
  visitedGoal,
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
  readonly goal: Int32Array
  readonly proxy: Int32Array
  readonly visited: Uint8Array
  /** [batch] bits of the other places that were visited. */
  readonly places: Uint8Array
  /** [batch × otherCount] */
  readonly others: Int32Array
  readonly otherCount: number
  /** [batch × otherCount] The slots that another place has paid in the last step: the first `paidCount[0]` of them. */
  readonly paid: Int32Array
  readonly paidCount: Int32Array
  readonly channels: number
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

/** The counters of visits: of the goal's cell, of the proxy's, of either. */
const visitCounters = 3

/** Words of state of each episode: the mouse's cell, the steps taken, what was visited. */
const stateWords = 3
/** The first channel after wall and mouse. */
const firstThing = 2
/** Bits of goal and proxy in the last word, below the others. */
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
    place(episodes, index, level, rules)
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
      if (episodes.otherCount > 0) visitPlaces(episodes)
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
    maxSteps: rules.maxSteps,
    timePenalty: rules.timePenalty ?? 0,
    ends: Uint8Array.from(rules.ends, Number),
    others: new Int32Array(batch * rules.others.length),
    otherCount: rules.others.length,
    ...createEpisodeArrays({
      batch,
      stride,
      counters: rules.countsVisits === true ? visitCounters : 0,
      goals: 2 + rules.others.length,
    }),
    mouse: new Int32Array(batch),
    goal: new Int32Array(batch),
    proxy: new Int32Array(batch),
    visited: new Uint8Array(batch),
    places: new Uint8Array(batch),
    paid: new Int32Array(batch * rules.others.length),
    paidCount: new Int32Array(1),
  }
}

/** Shows the level, all but the mouse. */
function place<Level extends MazeLevel>(
  { observations, stride, channels, goal, proxy, others }: Episodes,
  index: number,
  level: Level,
  rules: MazeRules<Level>,
): void {
  const { walls } = level
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < walls.length; cell++, at += channels) observations[at] = walls[cell]
  goal[index] = start + rules.goalCell(level) * channels
  proxy[index] = start + rules.proxyCell(level) * channels
  for (const channel of rules.things.goalLook(level)) observations[goal[index] + firstThing + channel] = 1
  for (const channel of rules.things.proxyLook(level)) observations[proxy[index] + firstThing + channel] = 1
  for (let k = 0; k < rules.others.length; k++)
    others[index * rules.others.length + k] = start + rules.others[k].cellIn(level) * channels
}

/** Resumes in a placed level from [the mouse's cell, the steps taken, the visited places]. */
function resume(episodes: Episodes, index: number, state: ArrayLike<number>): void {
  const { 0: cell, 1: taken, 2: bits } = state
  const visited = bits & visitedBoth
  const { observations, stride, channels, mouse, ends, maxSteps } = episodes
  mouse[index] = index * stride + cell * channels
  observations[mouse[index] + 1] = 1
  episodes.visited[index] = 0
  clearCounters(episodes, index)
  episodes.places[index] = bits >> placeShift
  take(episodes, index, visited)
  clearRewards(episodes, index)
  episodes.steps[index] = taken
  episodes.terminated[index] = ends[visited]
  episodes.truncated[index] = taken >= maxSteps ? ends[visited] ^ 1 : 0
}

/** Visited things are removed from the observation. If both are in one cell, they are visited in the same step. */
function take(episodes: Episodes, index: number, what: number): void {
  const { observations, goal, proxy, channels, counters } = episodes
  episodes.visited[index] |= what
  if ((what & visitedGoal) !== 0) observations.fill(0, goal[index] + firstThing, goal[index] + channels)
  if ((what & visitedProxy) !== 0) observations.fill(0, proxy[index] + firstThing, proxy[index] + channels)
  if (counters.length > 0) countVisits(counters, index, what)
}

function countVisits(counters: Int32Array, index: number, what: number): void {
  const at = index * visitCounters
  counters[at] += what & visitedGoal
  counters[at + 1] += (what & visitedProxy) >> 1
  if (what !== 0) counters[at + 2] = 1
}

function clearCounters({ counters, batch }: Episodes, index: number): void {
  const each = counters.length / batch
  counters.fill(0, index * each, (index + 1) * each)
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
  const { batch, mouse, others, otherCount } = episodes
  for (let i = 0, at = 0; i < batch; i++)
    for (let k = 0; k < otherCount; k++, at++) if (others[at] === mouse[i]) visitPlace(episodes, i, k)
}

/** The first visit pays. `other`: 0 for the first of the other places. */
function visitPlace(episodes: Episodes, index: number, other: number): void {
  const { places, paid, paidCount, goalRewards, steps, maxSteps, timePenalty } = episodes
  const bit = 1 << other
  if ((places[index] & bit) !== 0) return
  places[index] |= bit
  paid[paidCount[0]++] = index
  goalRewards[2 + other][index] = worthAt(steps[index], { maxSteps, timePenalty })
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, goal, proxy, visited, ends, maxSteps } = episodes
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

    const reached = (to === goal[i] ? visitedGoal : 0) | (to === proxy[i] ? visitedProxy : 0)
    const first = reached & ~visited[i]
    if (first !== 0) take(episodes, i, first)
    rewards[i] = first & visitedGoal
    proxyRewards[i] = first >> 1

    const taken = steps[i] + 1
    steps[i] = taken
    if (first !== 0) takeTime(episodes, i)
    const ended = ends[visited[i]]
    terminated[i] = ended
    truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
  }
}
