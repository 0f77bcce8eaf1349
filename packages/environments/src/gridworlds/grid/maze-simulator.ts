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
 * moves are blocked. Places are cells, counted on from slot to slot: a cell's first channel is at `channels` × cell.
 */
type Episodes = EpisodeArrays & {
  readonly mouse: Int32Array
  readonly goal: Int32Array
  readonly proxy: Int32Array
  /** [batch] bits of the places that were visited: goal, proxy, then the others. */
  readonly visited: Uint8Array
  /** [batch × cells] by cell, the bits of the places there: one look-up per step, however many goals there are. */
  readonly placesAt: Uint8Array
  /** [batch × otherCount] */
  readonly others: Int32Array
  readonly otherCount: number
  /** [batch] The slots that another place has paid in the last step: the first `paidCount[0]` of them. */
  readonly paid: Int32Array
  readonly paidCount: Int32Array
  readonly channels: number
  /** Cells of one level. */
  readonly cells: number
  readonly maxSteps: number
  readonly timePenalty: number
  /** [256] by what was visited: 1 where the episode ends. */
  readonly ends: Uint8Array
  /**
   * [256] by action: how far it moves the mouse. Actions other than the four directions, like `stay`, do not move it.
   */
  readonly moves: Int32Array
}

/** Visits of the goal's cell, of the proxy's, of either. */
const visitCounters = 3
/** The first channel after wall and mouse. */
const firstThing = 2

/** Words of state of each episode: the mouse's cell, the steps taken, what was visited. */
const stateWords = 3
/** Bits of goal and proxy, below the others. */
const otherShift = 2

/** Episodes in mazes with two goals; a step changes only the bytes of the observations that differ. */
export function createMazeSimulator<Level extends MazeLevel>(
  size: number,
  rules: MazeRules<Level>,
  batch: number,
): MazeSimulator<Level> {
  const episodes = createEpisodes(size, rules, batch)
  const { steps, cells, visited } = episodes

  function begin(index: number, level: Level, state: ArrayLike<number>): void {
    if (level.size !== size)
      throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
    place(episodes, index, level, rules)
    resume(episodes, index, state)
  }
  const mouseCell = (index: number) => episodes.mouse[index] - index * cells

  return {
    ...showArrays(episodes),
    size,
    mouseCell,
    reset: (index, level) => begin(index, level, [level.mouse, 0, 0]),
    step(actions) {
      clearPaid(episodes)
      stepAll(episodes, actions)
    },
    ...saveSlots<Level>({
      batch,
      words: stateWords,
      wordsOf: (i) => [mouseCell(i), steps[i], visited[i]],
      resume: begin,
    }),
  }
}

function createEpisodes<Level extends MazeLevel>(size: number, rules: MazeRules<Level>, batch: number): Episodes {
  const channels = channelCount(rules)
  const cells = sideOf(size) ** 2
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size))
  return {
    channels,
    cells,
    moves,
    maxSteps: rules.maxSteps,
    timePenalty: rules.timePenalty ?? 0,
    ends: Uint8Array.from({ length: 256 }, (_, visited) => Number(rules.ends[visited & visitedBoth])),
    others: new Int32Array(batch * rules.others.length),
    otherCount: rules.others.length,
    placesAt: new Uint8Array(batch * cells),
    ...createEpisodeArrays({
      batch,
      stride: cells * channels,
      counters: rules.countsVisits === true ? visitCounters : 0,
      goals: 2 + rules.others.length,
    }),
    mouse: new Int32Array(batch),
    goal: new Int32Array(batch),
    proxy: new Int32Array(batch),
    visited: new Uint8Array(batch),
    paid: new Int32Array(batch),
    paidCount: new Int32Array(1),
  }
}

/** Shows the level, all but the mouse. */
function place<Level extends MazeLevel>(
  episodes: Episodes,
  index: number,
  level: Level,
  rules: MazeRules<Level>,
): void {
  const { observations, cells, channels, goal, proxy } = episodes
  const { walls } = level
  const start = index * cells
  observations.fill(0, start * channels, (start + cells) * channels)
  for (let cell = 0, at = start * channels; cell < cells; cell++, at += channels) observations[at] = walls[cell]
  markPlaces(episodes, index, level, rules)
  for (const channel of rules.things.goalLook(level)) observations[goal[index] * channels + firstThing + channel] = 1
  for (const channel of rules.things.proxyLook(level)) observations[proxy[index] * channels + firstThing + channel] = 1
}

/** Replaces the places of the slot's former level. */
function markPlaces<Level extends MazeLevel>(
  { cells, goal, proxy, placesAt, others, otherCount }: Episodes,
  index: number,
  level: Level,
  rules: MazeRules<Level>,
): void {
  const start = index * cells
  const first = index * otherCount
  placesAt[goal[index]] = 0
  placesAt[proxy[index]] = 0
  for (let other = 0; other < otherCount; other++) placesAt[others[first + other]] = 0
  goal[index] = start + rules.goalCell(level)
  proxy[index] = start + rules.proxyCell(level)
  placesAt[goal[index]] |= visitedGoal
  placesAt[proxy[index]] |= visitedProxy
  for (let other = 0; other < otherCount; other++) {
    others[first + other] = start + rules.others[other].cellIn(level)
    placesAt[others[first + other]] |= 1 << (otherShift + other)
  }
}

/** Resumes in a placed level from [the mouse's cell, the steps taken, the visited places]. */
function resume(episodes: Episodes, index: number, state: ArrayLike<number>): void {
  const { 0: cell, 1: taken, 2: bits } = state
  const { observations, cells, channels, mouse, ends, maxSteps } = episodes
  mouse[index] = index * cells + cell
  observations[mouse[index] * channels + 1] = 1
  episodes.visited[index] = bits
  clearCounters(episodes, index)
  take(episodes, index, bits)
  clearRewards(episodes, index)
  episodes.steps[index] = taken
  episodes.terminated[index] = ends[bits]
  episodes.truncated[index] = taken >= maxSteps ? ends[bits] ^ 1 : 0
}

/** Visited things are removed from the observation. If both are in one cell, they are visited in the same step. */
function take(episodes: Episodes, index: number, what: number): void {
  const { goal, proxy, counters } = episodes
  if ((what & visitedGoal) !== 0) clearThings(episodes, goal[index])
  if ((what & visitedProxy) !== 0) clearThings(episodes, proxy[index])
  if (counters.length > 0) countVisits(counters, index, what & visitedBoth)
}

function clearThings({ observations, channels }: Episodes, cell: number): void {
  observations.fill(0, cell * channels + firstThing, (cell + 1) * channels)
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

/** The first visit of a place, of several in one cell at most. */
function visit(episodes: Episodes, index: number, first: number): void {
  episodes.visited[index] |= first
  take(episodes, index, first)
  if (first > visitedBoth) payOthers(episodes, index, first >> otherShift)
}

function payOthers(episodes: Episodes, index: number, bits: number): void {
  const { paid, paidCount, goalRewards, steps, maxSteps, timePenalty, otherCount } = episodes
  const worth = worthAt(steps[index], { maxSteps, timePenalty })
  paid[paidCount[0]++] = index
  for (let other = 0; other < otherCount; other++)
    if ((bits & (1 << other)) !== 0) goalRewards[2 + other][index] = worth
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, channels, moves, mouse, placesAt, visited, ends, maxSteps } = episodes
  const { goalRewards, terminated, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  for (let i = 0; i < batch; i++) {
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[ahead * channels] === 1 ? from : ahead
    observations[from * channels + 1] = 0
    observations[to * channels + 1] = 1
    mouse[i] = to

    const taken = steps[i] + 1
    steps[i] = taken
    const first = placesAt[to] & ~visited[i]
    rewards[i] = first & visitedGoal
    proxyRewards[i] = (first & visitedProxy) >> 1
    if (first !== 0) {
      visit(episodes, i, first)
      takeTime(episodes, i)
    }
    const ended = ends[visited[i]]
    terminated[i] = ended
    truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
  }
}
