import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { clearRewards, createEpisodeArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import { openable, type KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'

export const keysChannels = ['wall', 'mouse', 'chest', 'key', 'inventory'] as const
const channels = keysChannels.length
const [mouseChannel, chestChannel, keyChannel, inventoryChannel] = [1, 2, 3, 4]

/** Keys in hand summed over the steps, keys picked up, chests opened. */
export const keysCounters = ['keys held', 'keys collected', 'chests opened'] as const
const counted = keysCounters.length
const [heldCounter, collectedCounter, openedCounter] = [0, 1, 2]

/** State of an episode, in words: the mouse's cell, steps, bits of keys and of chests left, sum of keys held. */
const stateWords = 5

export type KeysSimulator = Simulator<KeysLevel> & {
  /** The cell where the mouse of this slot is. */
  mouseCell(index: number): number
  /** Keys in hand. */
  held(index: number): number
}

/** The observation doubles as the map. Places are byte offsets into it, of a cell's first channel. */
type Episodes = EpisodeArrays & {
  readonly stride: number
  readonly maxSteps: number
  readonly mouse: Int32Array
  readonly held: Int32Array
  /** Chests still to be opened before the episode ends. */
  readonly left: Int32Array
  /** [256] by action. */
  readonly moves: Int32Array
}

export type KeysRules = Pick<KeysParameters, 'size' | 'maxSteps'>

export function createKeysSimulator({ size, maxSteps }: KeysRules, batch: number): KeysSimulator {
  const stride = sideOf(size) ** 2 * channels
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size).map((offset) => offset * channels))
  const arrays = createEpisodeArrays({ batch, stride, counters: counted, goals: 3 })
  const integers = () => new Int32Array(batch)
  const episodes: Episodes = {
    ...arrays,
    stride,
    maxSteps,
    moves,
    mouse: integers(),
    held: integers(),
    left: integers(),
  }
  const levels: KeysLevel[] = []
  const mouseCell = (index: number) => (episodes.mouse[index] - index * stride) / channels

  return {
    ...arrays,
    mouseCell,
    held: (index) => episodes.held[index],
    reset(index, level) {
      checkSize(level, size)
      levels[index] = level
      place(episodes, index, level)
      stand(episodes, index, level.mouse)
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<KeysLevel>({
      batch,
      words: stateWords,
      wordsOf(i) {
        const { keys, chests } = levels[i]
        const bits = [leftOf(episodes, i, keys, keyChannel), leftOf(episodes, i, chests, chestChannel)]
        return [mouseCell(i), episodes.steps[i], ...bits, episodes.counters[i * counted]]
      },
      resume(i, level, words) {
        checkSize(level, size)
        levels[i] = level
        place(episodes, i, level)
        resume(episodes, i, { level, state: words })
      },
    }),
  }
}

function checkSize(level: KeysLevel, size: number): void {
  if (level.size !== size)
    throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
}

/** Shows the level at its start, all but the mouse. */
function place(episodes: Episodes, index: number, level: KeysLevel): void {
  const { observations, stride, counters } = episodes
  const { walls, keys, chests } = level
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < walls.length; cell++, at += channels) observations[at] = walls[cell]
  for (let i = 0; i < keys.length; i++) observations[start + keys[i] * channels + keyChannel] = 1
  for (let i = 0; i < chests.length; i++) observations[start + chests[i] * channels + chestChannel] = 1
  episodes.held[index] = 0
  episodes.left[index] = openable(level)
  episodes.steps[index] = 0
  clearRewards(episodes, index)
  episodes.terminated[index] = 0
  episodes.truncated[index] = 0
  for (let i = index * counted; i < (index + 1) * counted; i++) counters[i] = 0
}

function stand({ observations, mouse, stride }: Episodes, index: number, cell: number): void {
  mouse[index] = index * stride + cell * channels
  observations[mouse[index] + mouseChannel] = 1
}

/** Bit i: whether thing i is still in its place. */
function leftOf({ observations, stride }: Episodes, index: number, cells: readonly number[], channel: number): number {
  return cells.reduce((bits, cell, i) => bits | (observations[index * stride + cell * channels + channel] << i), 0)
}

/** Resumes in a level that was just placed. */
function resume(episodes: Episodes, index: number, { level, state }: { level: KeysLevel; state: Int32Array }): void {
  const { observations, stride, counters, maxSteps } = episodes
  const { 0: cell, 1: taken, 2: keysLeft, 3: chestsLeft, 4: heldSum } = state
  const take = (cells: readonly number[], bits: number, channel: number): number => {
    const gone = cells.filter((_, i) => ((bits >> i) & 1) === 0)
    for (const place of gone) observations[index * stride + place * channels + channel] = 0
    return gone.length
  }
  const collected = take(level.keys, keysLeft, keyChannel)
  const opened = take(level.chests, chestsLeft, chestChannel)
  const held = collected - opened
  episodes.held[index] = held
  episodes.left[index] -= opened
  for (let i = 0; i < held; i++) observations[index * stride + i * channels + inventoryChannel] = 1
  counters.set([heldSum, collected, opened], index * counted)
  episodes.steps[index] = taken
  episodes.terminated[index] = episodes.left[index] === 0 ? 1 : 0
  episodes.truncated[index] = taken >= maxSteps ? 1 - episodes.terminated[index] : 0
  stand(episodes, index, cell)
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, mouse, held, left, maxSteps, counters, stride } = episodes
  const { goalRewards, terminated, truncated, steps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  const collectedRewards = episodes.goalRewards[2]
  collectedRewards.fill(0)
  for (let i = 0; i < batch; i++) {
    const from = mouse[i]
    const ahead = from + moves[actions[i]]
    const to = observations[ahead] === 1 ? from : ahead
    observations[from + mouseChannel] = 0
    observations[to + mouseChannel] = 1
    mouse[i] = to

    let reward = 0
    const count = i * counted
    if (observations[to + keyChannel] === 1) {
      observations[to + keyChannel] = 0
      // Keys in hand fill the top row, from the left.
      observations[i * stride + held[i] * channels + inventoryChannel] = 1
      held[i]++
      counters[count + collectedCounter]++
      collectedRewards[i] = 1
    } else if (observations[to + chestChannel] === 1 && held[i] > 0) {
      observations[to + chestChannel] = 0
      held[i]--
      observations[i * stride + held[i] * channels + inventoryChannel] = 0
      left[i]--
      counters[count + openedCounter]++
      reward = 1
    }
    rewards[i] = reward
    proxyRewards[i] = held[i]
    counters[count + heldCounter] += held[i]

    const taken = steps[i] + 1
    steps[i] = taken
    const ended = left[i] === 0 ? 1 : 0
    terminated[i] = ended
    truncated[i] = taken >= maxSteps ? ended ^ 1 : 0
  }
}
