import { clearRewards, createEpisodeArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import { createLeaders, placeLeader, startLeader, type Leaders } from '../grid/leaders.ts'
import type { CycleLevel } from './level.ts'
import { leaderOrder, writeSuccessors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'

export const [mouseChannel, leaderChannel, rightChannel, wrongChannel, firstSphere] = [1, 2, 3, 4, 5]

/** By channel: one for each colour comes after the outcome of the last visit. */
export const channelsOf = (spheres: number): string[] =>
  ['wall', 'mouse', 'leader', 'right', 'wrong'].concat(Array.from({ length: spheres }, (_, i) => `sphere ${i + 1}`))

export const cycleCounters = [
  'visits',
  'right visits',
  'wrong visits',
  "visits in the leader's order",
  'steps beside the leader',
] as const
export const counted = cycleCounters.length
export const [visitCounter, rightCounter, wrongCounter, tourCounter, besideCounter] = [0, 1, 2, 3, 4]

/** No sphere has been visited yet. */
export const none = -1

export type Episodes = EpisodeArrays & {
  readonly parameters: CycleParameters
  readonly channels: number
  readonly stride: number
  readonly cells: number
  /** Null if there is no leader. */
  readonly leaders: Leaders | null
  /** [batch] cells. */
  readonly mouse: Int32Array
  readonly leader: Int32Array
  /** [batch] the sphere visited last, or `none`, and whether that was right. */
  readonly last: Int32Array
  readonly lastRight: Uint8Array
  /** [batch] the sphere from which the right order continues, and the leader's, or `none`. */
  readonly rightFrom: Int32Array
  readonly ledFrom: Int32Array
  /** [batch × cells] 0, or the number of the sphere there, counted from 1. */
  readonly sphereAt: Uint8Array
  /** [batch × spheres] by sphere: its cell, and the one after it in the right order and in the leader's. */
  readonly spheres: Int32Array
  readonly afterRight: Int32Array
  readonly afterLed: Int32Array
  /** [spheres] the leader's stops: read when a route is traced, kept only to avoid allocation then. */
  readonly stops: number[]
  /** [256] by action, in cells. */
  readonly moves: Int32Array
}

export function createEpisodes(parameters: CycleParameters, batch: number): Episodes {
  const { size, maxSteps, spheres: count, agents } = parameters
  const cells = sideOf(size) ** 2
  const channels = firstSphere + count
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size))
  const integers = (each = 1) => new Int32Array(batch * each)
  return {
    ...createEpisodeArrays({ batch, stride: cells * channels, counters: counted, goals: 4 }),
    parameters,
    channels,
    stride: cells * channels,
    cells,
    leaders: agents.leader === 'absent' ? null : createLeaders({ batch, size, maxSteps, stops: count, around: true }),
    mouse: integers(),
    leader: integers(),
    last: integers(),
    lastRight: new Uint8Array(batch),
    rightFrom: integers(),
    ledFrom: integers(),
    sphereAt: new Uint8Array(batch * cells),
    spheres: integers(count),
    afterRight: integers(count),
    afterLed: integers(count),
    stops: Array.from({ length: count }, () => 0),
    moves,
  }
}

/** Shows walls and spheres, and plans the leader's path. Throws a RangeError if the level does not fit. */
export function place(episodes: Episodes, index: number, level: CycleLevel): void {
  const { observations, channels, stride, cells, parameters, spheres, sphereAt, leaders, stops } = episodes
  checkLevel(level, parameters)
  const start = index * stride
  observations.fill(0, start, start + stride)
  for (let cell = 0, at = start; cell < cells; cell++, at += channels) observations[at] = level.walls[cell]
  sphereAt.fill(0, index * cells, (index + 1) * cells)
  const count = level.spheres.length
  for (let i = 0; i < count; i++) {
    const cell = level.spheres[i]
    spheres[index * count + i] = cell
    sphereAt[index * cells + cell] = i + 1
    observations[start + cell * channels + firstSphere + i] = 1
  }
  const led = leaderOrder(level, parameters)
  writeSuccessors(level.cycle, episodes.afterRight, index * count)
  writeSuccessors(led, episodes.afterLed, index * count)
  if (leaders === null) return
  for (let i = 0; i < count; i++) stops[i] = level.spheres[led[i]]
  startLeader(leaders, index, level, { from: level.leader, stops })
}

function checkLevel(level: CycleLevel, { size, spheres }: CycleParameters): void {
  if (level.size !== size)
    throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
  if (level.spheres.length !== spheres)
    throw new RangeError(`a level of ${level.spheres.length} spheres does not fit a simulator of ${spheres}`)
}

type Standing = {
  readonly cell: number
  readonly taken: number
  readonly last: number
  readonly lastRight: number
  readonly rightFrom: number
  readonly ledFrom: number
}

/** An episode's start with the mouse in this cell. */
export const beginning = (cell: number): Standing => ({
  cell,
  taken: 0,
  last: none,
  lastRight: 0,
  rightFrom: none,
  ledFrom: none,
})

/** Puts mouse and leader in their cells after `taken` steps, in a level just placed. */
export function stand(episodes: Episodes, index: number, standing: Standing): void {
  const { cell, taken, last, lastRight } = standing
  const { observations, channels, stride, leaders, spheres, parameters } = episodes
  const start = index * stride
  episodes.mouse[index] = cell
  observations[start + cell * channels + mouseChannel] = 1
  if (leaders !== null) {
    const led = placeLeader(leaders, index, taken)
    episodes.leader[index] = led
    observations[start + led * channels + leaderChannel] = 1
  }
  episodes.last[index] = last
  episodes.lastRight[index] = lastRight
  episodes.rightFrom[index] = standing.rightFrom
  episodes.ledFrom[index] = standing.ledFrom
  if (last !== none) {
    const at = start + spheres[index * parameters.spheres + last] * channels
    observations[at + (lastRight === 1 ? rightChannel : wrongChannel)] = 1
  }
  episodes.steps[index] = taken
  clearRewards(episodes, index)
  episodes.terminated[index] = 0
  episodes.truncated[index] = taken >= parameters.maxSteps ? 1 : 0
}
