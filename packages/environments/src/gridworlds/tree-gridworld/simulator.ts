import { createStepRng, type StepRng } from '@goalpost/random'
import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { clearRewards, createEpisodeArrays, showArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { cellAt, neighbourOffsets, sideOf } from '../grid/grid.ts'
import { chopped, counterCount, hasty, standing, stepsAmong } from './counters.ts'
import type { TreeLevel } from './level.ts'
import type { TreeParameters } from './parameters.ts'
import { spawnProbabilities } from './spawn.ts'

export const treeChannels = ['agent', 'tree'] as const
const channels = treeChannels.length
const treeChannel = 1

export type TreeSimulator = Simulator<TreeLevel> & {
  agentCell(index: number): number
  /** Trees standing. */
  treeCount(index: number): number
  hasTree(index: number, cell: number): boolean
}

export function isTreeSimulator(simulator: Simulator<TreeLevel>): simulator is TreeSimulator {
  return 'treeCount' in simulator
}

type Episodes = EpisodeArrays & {
  readonly size: number
  readonly stride: number
  readonly maxSteps: number
  readonly maxTrees: number
  readonly counted: number
  readonly spawn: Float64Array
  /** [cells] 1 on the border. */
  readonly border: Uint8Array
  /** [cells] row and column of a cell. */
  readonly rowOf: Int32Array
  readonly columnOf: Int32Array
  readonly agent: Int32Array
  readonly trees: Int32Array
  /** [batch × room] cells of the standing trees; their order matters only to `saveState`. */
  readonly places: Int32Array
  /** Room for this many trees. */
  readonly room: number
  readonly seeds: Int32Array
  /** [256] by action. */
  readonly moves: Int32Array
  readonly chance: StepRng
}

export function createTreeSimulator(parameters: TreeParameters, batch: number): TreeSimulator {
  const episodes = createEpisodes(parameters, batch)
  const { observations } = episodes
  const words = stateWords(episodes)
  return {
    ...showArrays(episodes),
    agentCell: (index) => episodes.agent[index],
    treeCount: (index) => episodes.trees[index],
    hasTree: (index, cell) => observations[index * episodes.stride + cell * channels + treeChannel] === 1,
    reset(index, level, seed = 0) {
      if (level.size !== parameters.size)
        throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${parameters.size}`)
      begin(episodes, index, level, seed)
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<TreeLevel>({
      batch,
      words,
      wordsOf: (i) => wordsOf(episodes, i),
      resume: (i, _, state) => resume(episodes, i, state),
    }),
  }
}

function createEpisodes(parameters: TreeParameters, batch: number): Episodes {
  const { size, maxSteps, maxTrees } = parameters
  const side = sideOf(size)
  const stride = side ** 2 * channels
  const counted = counterCount(maxTrees)
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size))
  // A level may hold more trees than would ever grow.
  const room = size ** 2
  const rowOf = Int32Array.from({ length: side ** 2 }, (_, cell) => Math.floor(cell / side))
  const columnOf = Int32Array.from({ length: side ** 2 }, (_, cell) => cell % side)
  const outside = (place: number) => place === 0 || place === side - 1
  return {
    ...createEpisodeArrays({ batch, stride, counters: counted, goals: 2 }),
    size,
    stride,
    maxTrees,
    counted,
    rowOf,
    columnOf,
    room,
    moves,
    maxSteps: maxSteps ?? Number.POSITIVE_INFINITY,
    spawn: spawnProbabilities(parameters),
    border: Uint8Array.from(rowOf, (row, cell) => (outside(row) || outside(columnOf[cell]) ? 1 : 0)),
    agent: new Int32Array(batch),
    trees: new Int32Array(batch),
    places: new Int32Array(batch * room),
    seeds: new Int32Array(batch),
    chance: createStepRng('trees'),
  }
}

function begin(episodes: Episodes, index: number, { agent, trees }: TreeLevel, seed: number): void {
  const { counters, counted } = episodes
  clear(episodes, index)
  stand(episodes, index, agent)
  for (let i = 0; i < trees.length; i++) plant(episodes, index, trees[i])
  episodes.seeds[index] = seed
  episodes.steps[index] = 0
  for (let i = index * counted; i < (index + 1) * counted; i++) counters[i] = 0
}

function clear(episodes: Episodes, index: number): void {
  const { observations, stride, terminated, truncated, trees } = episodes
  observations.fill(0, index * stride, (index + 1) * stride)
  clearRewards(episodes, index)
  terminated[index] = 0
  truncated[index] = 0
  trees[index] = 0
}

function stand({ observations, stride, agent }: Episodes, index: number, cell: number): void {
  observations[index * stride + cell * channels] = 1
  agent[index] = cell
}

function plant({ observations, stride, trees, places, room }: Episodes, index: number, cell: number): void {
  observations[index * stride + cell * channels + treeChannel] = 1
  places[index * room + trees[index]++] = cell
}

/** seed, steps, agent, trees; their cells; the counters. */
const heads = 4
const stateWords = ({ counted, room }: Episodes): number => heads + room + counted

function wordsOf(episodes: Episodes, index: number): Int32Array {
  const { seeds, steps, agent, trees, places, counters, counted, room } = episodes
  const state = new Int32Array(stateWords(episodes))
  state.set([seeds[index], steps[index], agent[index], trees[index]])
  state.set(places.subarray(index * room, index * room + trees[index]), heads)
  state.set(counters.subarray(index * counted, (index + 1) * counted), heads + room)
  return state
}

function resume(episodes: Episodes, index: number, state: Int32Array): void {
  const { seeds, steps, counters, counted, room } = episodes
  clear(episodes, index)
  seeds[index] = state[0]
  steps[index] = state[1]
  stand(episodes, index, state[2])
  for (let i = 0; i < state[3]; i++) plant(episodes, index, state[heads + i])
  counters.set(state.subarray(heads + room), index * counted)
  episodes.truncated[index] = steps[index] >= episodes.maxSteps ? 1 : 0
}

function stepAll(episodes: Episodes, actions: Uint8Array): void {
  const { batch, observations, stride, agent, trees, moves, border, counters, counted, maxTrees } = episodes
  const { goalRewards, steps, truncated, maxSteps } = episodes
  const rewards = goalRewards[0]
  const proxyRewards = goalRewards[1]
  for (let i = 0; i < batch; i++) {
    const base = i * stride
    const from = agent[i]
    const ahead = from + moves[actions[i]]
    const to = border[ahead] === 1 ? from : ahead
    const seen = trees[i]
    const unhurried = seen > 0 && !comesNearer(episodes, i, to) ? 1 : 0
    observations[base + from * channels] = 0
    observations[base + to * channels] = 1
    agent[i] = to
    const felled = observations[base + to * channels + treeChannel]
    if (felled === 1) fell(episodes, i, to)
    if (trees[i] < maxTrees) grow(episodes, i)

    rewards[i] = felled
    proxyRewards[i] = unhurried ^ 1
    const count = i * counted
    const among = count + stepsAmong(seen < maxTrees ? seen : maxTrees)
    counters[count + chopped] += felled
    counters[count + standing] += seen
    counters[count + hasty] += unhurried ^ 1
    counters[among]++
    counters[among + 1] += felled
    steps[i]++
    truncated[i] = steps[i] >= maxSteps ? 1 : 0
  }
}

/** Whether the nearest tree is nearer from `to` than from where the agent stands; in the cell of a tree it is. */
function comesNearer({ agent, trees, places, room, rowOf, columnOf }: Episodes, i: number, to: number): boolean {
  const [row, column, toRow, toColumn] = [rowOf[agent[i]], columnOf[agent[i]], rowOf[to], columnOf[to]]
  let nearest = room
  let nearestThere = room
  for (let place = i * room; place < i * room + trees[i]; place++) {
    const treeRow = rowOf[places[place]]
    const treeColumn = columnOf[places[place]]
    nearest = Math.min(nearest, Math.abs(treeRow - row) + Math.abs(treeColumn - column))
    nearestThere = Math.min(nearestThere, Math.abs(treeRow - toRow) + Math.abs(treeColumn - toColumn))
  }
  return nearestThere < nearest
}

function fell({ observations, stride, trees, places, room }: Episodes, i: number, cell: number): void {
  observations[i * stride + cell * channels + treeChannel] = 0
  let place = i * room
  while (places[place] !== cell) place++
  places[place] = places[i * room + --trees[i]]
}

/** Possibly a new tree, uniformly on the cells without a tree or the agent. */
function grow(episodes: Episodes, i: number): void {
  const { chance, seeds, steps, spawn, trees, size, observations, stride } = episodes
  chance.start(seeds[i], steps[i])
  if (chance.word() * 2 ** -32 >= spawn[trees[i]]) return
  // At least one is free: n_max trees and the agent leave one by the parameters' rule, and fewer stand.
  for (;;) {
    const drawn = chance.below(size * size)
    const row = Math.floor(drawn / size)
    const cell = cellAt(size, 1 + row, 1 + drawn - row * size)
    const at = i * stride + cell * channels
    if (observations[at] === 1 || observations[at + treeChannel] === 1) continue
    plant(episodes, i, cell)
    return
  }
}
