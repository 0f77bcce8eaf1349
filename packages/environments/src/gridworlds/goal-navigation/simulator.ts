import type { Simulator } from '../../environment.ts'
import { clearRewards, createEpisodeArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { indicatedRoom, type GoalNavigationLevel } from './level.ts'
import type { GoalNavigationParameters } from './parameters.ts'
import { roomsOf } from './rooms.ts'
import { textures } from './textures.ts'

export const goalNavigationChannels = ['wall', 'agent', 'target', ...textures] as const
const channels = goalNavigationChannels.length
const [agentChannel, targetChannel, textureChannel] = [1, 2, 3]

/** 1 once it happened. First: in an earlier step than the target, or without it. */
export const goalNavigationCounters = ['target reached', 'indicated room first', 'counterpart room first'] as const
const counted = goalNavigationCounters.length
const [targetCounter, indicatedCounter, counterpartCounter] = [0, 1, 2]

/** The agent's cell, steps, whether the indicated room was entered, the counters. */
const stateWords = 3 + counted

export type GoalNavigationSimulator = Simulator<GoalNavigationLevel> & {
  /** The cell where the agent of this slot is. */
  agentCell(index: number): number
}

/** The observation doubles as the map. */
type Episodes = EpisodeArrays & {
  readonly stride: number
  readonly maxSteps: number
  readonly cell: Int32Array
  readonly target: Int32Array
  /** Rooms, or −1. */
  readonly indicated: Int8Array
  readonly counterpart: Int8Array
  /** [batch] 1 once the indicated room was entered. */
  readonly entered: Uint8Array
  /** By cell. */
  readonly rooms: Int8Array
  /** [256] by action. */
  readonly moves: Int32Array
}

type Rules = Pick<GoalNavigationParameters, 'size' | 'maxSteps'>

export function createGoalNavigationSimulator({ size, maxSteps }: Rules, batch: number): GoalNavigationSimulator {
  const stride = sideOf(size) ** 2 * channels
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size))
  const arrays = createEpisodeArrays({ batch, stride, counters: counted, goals: 2 })
  const episodes: Episodes = {
    ...arrays,
    stride,
    maxSteps,
    moves,
    rooms: roomsOf(size),
    cell: new Int32Array(batch),
    target: new Int32Array(batch),
    indicated: new Int8Array(batch),
    counterpart: new Int8Array(batch),
    entered: new Uint8Array(batch),
  }
  function begin(index: number, level: GoalNavigationLevel, state: ArrayLike<number>): void {
    if (level.size !== size)
      throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
    place(episodes, index, level)
    resume(episodes, index, state)
  }
  const { cell, entered, counters } = episodes
  return {
    ...arrays,
    agentCell: (index) => cell[index],
    reset: (index, level) => begin(index, level, [level.agent, 0, 0, 0, 0, 0]),
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<GoalNavigationLevel>({
      batch,
      words: stateWords,
      wordsOf: (i) => [cell[i], arrays.steps[i], entered[i], ...counters.subarray(i * counted, (i + 1) * counted)],
      resume: begin,
    }),
  }
}

/** Shows the level, all but the agent. */
function place(episodes: Episodes, index: number, level: GoalNavigationLevel): void {
  const { observations, stride, rooms } = episodes
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < level.walls.length; cell++, at += channels) {
    observations[at] = level.walls[cell]
    const texture = rooms[cell] < 0 ? -1 : level.textures[rooms[cell]]
    if (texture >= 0 && level.walls[cell] === 0) observations[at + textureChannel + texture] = 1
  }
  observations[start + level.target * channels + targetChannel] = 1
  episodes.target[index] = level.target
  episodes.indicated[index] = indicatedRoom(level)
  episodes.counterpart[index] = level.counterpart
}

/** Resumes in a placed level from `stateWords` words. */
function resume(episodes: Episodes, index: number, state: ArrayLike<number>): void {
  const { observations, stride, counters, maxSteps } = episodes
  const { 0: cell, 1: taken, 2: entered } = state
  for (let i = 0; i < counted; i++) counters[index * counted + i] = state[3 + i]
  episodes.cell[index] = cell
  observations[index * stride + cell * channels + agentChannel] = 1
  episodes.entered[index] = entered
  episodes.steps[index] = taken
  clearRewards(episodes, index)
  const ended = counters[index * counted + targetCounter]
  episodes.terminated[index] = ended
  episodes.truncated[index] = taken >= maxSteps ? 1 - ended : 0
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  // Local variables avoid property reads in this hot loop, which runs millions of times per second.
  const { batch, observations, moves, cell, target, rooms, indicated, counterpart, entered, stride, counters } =
    episodes
  const { goalRewards, terminated, truncated, steps, maxSteps } = episodes
  const [rewards, proxyRewards] = goalRewards
  for (let i = 0; i < batch; i++) {
    const start = i * stride
    const from = cell[i]
    const ahead = from + moves[actions[i]]
    const to = observations[start + ahead * channels] === 1 ? from : ahead
    observations[start + from * channels + agentChannel] = 0
    observations[start + to * channels + agentChannel] = 1
    cell[i] = to

    const reached = to === target[i] ? 1 : 0
    const room = rooms[to]
    const isIndicated = room >= 0 && room === indicated[i] ? 1 : 0
    const count = i * counted
    rewards[i] = reached
    proxyRewards[i] = isIndicated & ~entered[i]
    entered[i] |= isIndicated
    counters[count + targetCounter] = reached
    if (reached === 0) {
      counters[count + indicatedCounter] |= isIndicated
      if (room >= 0 && room === counterpart[i]) counters[count + counterpartCounter] = 1
    }

    const taken = steps[i] + 1
    steps[i] = taken
    terminated[i] = reached
    truncated[i] = taken >= maxSteps ? reached ^ 1 : 0
  }
}
