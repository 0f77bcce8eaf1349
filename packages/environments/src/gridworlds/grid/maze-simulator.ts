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
 * moves are blocked. Places are cells, counted on from slot to slot: a cell's first channel is at `channels` × cell.
 */
type Episodes = EpisodeArrays & {
  readonly mouse: Int32Array
  readonly cheese: Int32Array
  readonly proxy: Int32Array
  /** [batch] bits of the places that were visited: cheese, proxy, then the others. */
  readonly visited: Uint8Array
  /** [batch × cells] by cell, the bits of the places there: one look-up per step, however many goals there are. */
  readonly placesAt: Uint8Array
  readonly others: readonly number[]
  /** [batch] The slots that another place has paid in the last step: the first `paidCount[0]` of them. */
  readonly paid: Int32Array
  readonly paidCount: Int32Array
  readonly channels: number
  readonly proxyChannels: number
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

/** Words of state of each episode: the mouse's cell, the steps taken, what was visited. */
const stateWords = 3
/** Bits of cheese and proxy, below the others. */
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
    place(episodes, index, { level, proxyCell: rules.proxyCell(level) })
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
    proxyChannels: rules.proxyChannels,
    maxSteps: rules.maxSteps,
    timePenalty: rules.timePenalty ?? 0,
    ends: Uint8Array.from({ length: 256 }, (_, visited) => Number(rules.ends[visited & visitedBoth])),
    others: rules.others.map(({ cellIn }) => cellIn(size)),
    placesAt: new Uint8Array(batch * cells),
    ...createEpisodeArrays({ batch, stride: cells * channels, counters: 0, goals: 2 + rules.others.length }),
    mouse: new Int32Array(batch),
    cheese: new Int32Array(batch),
    proxy: new Int32Array(batch),
    visited: new Uint8Array(batch),
    paid: new Int32Array(batch),
    paidCount: new Int32Array(1),
  }
}

/** Shows the level, all but the mouse. */
function place(episodes: Episodes, index: number, { level, proxyCell }: { level: MazeLevel; proxyCell: number }): void {
  const { observations, cells, channels, cheese, proxy, placesAt, others } = episodes
  const { walls } = level
  const start = index * cells
  observations.fill(0, start * channels, (start + cells) * channels)
  for (let cell = 0, at = start * channels; cell < cells; cell++, at += channels) observations[at] = walls[cell]
  placesAt[cheese[index]] = 0
  placesAt[proxy[index]] = 0
  cheese[index] = start + level.cheese
  proxy[index] = start + proxyCell
  for (const [other, cell] of others.entries()) placesAt[start + cell] = 1 << (otherShift + other)
  placesAt[cheese[index]] |= visitedCheese
  placesAt[proxy[index]] |= visitedProxy
  observations[cheese[index] * channels + 2] = 1
  fillProxy(episodes, index, 1)
}

function fillProxy({ observations, proxy, channels, proxyChannels }: Episodes, index: number, value: number): void {
  const from = proxy[index] * channels + 3
  observations.fill(value, from, from + proxyChannels)
}

/** Resumes in a placed level from [the mouse's cell, the steps taken, the visited places]. */
function resume(episodes: Episodes, index: number, state: ArrayLike<number>): void {
  const { 0: cell, 1: taken, 2: bits } = state
  const { observations, cells, channels, mouse, ends, maxSteps } = episodes
  mouse[index] = index * cells + cell
  observations[mouse[index] * channels + 1] = 1
  episodes.visited[index] = bits
  take(episodes, index, bits)
  clearRewards(episodes, index)
  episodes.steps[index] = taken
  episodes.terminated[index] = ends[bits]
  episodes.truncated[index] = taken >= maxSteps ? ends[bits] ^ 1 : 0
}

/** Visited things are removed from the observation. */
function take(episodes: Episodes, index: number, what: number): void {
  const { observations, cheese, channels } = episodes
  if ((what & visitedCheese) !== 0) observations[cheese[index] * channels + 2] = 0
  if ((what & visitedProxy) !== 0) fillProxy(episodes, index, 0)
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
  const { paid, paidCount, goalRewards, steps, maxSteps, timePenalty, others } = episodes
  const worth = worthAt(steps[index], { maxSteps, timePenalty })
  paid[paidCount[0]++] = index
  for (let other = 0; other < others.length; other++)
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
    rewards[i] = first & visitedCheese
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
