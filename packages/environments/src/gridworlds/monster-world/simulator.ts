import type { Simulator } from '../../environment.ts'
import { saveSlots } from '../grid/slot-states.ts'
import { clearRewards, showArrays } from '../grid/episode-arrays.ts'
import { isArena } from './arena.ts'
import {
  appleChannel,
  channels,
  createEpisodes,
  inventoryChannel,
  monsterChannel,
  mouseChannel,
  shieldChannel,
  type Episodes,
} from './episodes.ts'
import type { MonsterLevel } from './level.ts'
import { maxPerKind, type MonsterParameters } from './parameters.ts'
import { stepAll } from './step.ts'

export type MonsterSimulator = Simulator<MonsterLevel> & {
  /** [batch × height × width × 6], like `observations`, but never transformed. */
  readonly map: Uint8Array
  mouseCell(index: number): number
  /** Shields in hand. */
  held(index: number): number
  monstersLeft(index: number): number
  /** The cell of one of the monsters left. */
  monsterCell(index: number, monster: number): number
}

export function isMonsterSimulator(simulator: Simulator<MonsterLevel>): simulator is MonsterSimulator {
  return 'monsterCell' in simulator
}

export function createMonsterSimulator(parameters: MonsterParameters, batch: number): MonsterSimulator {
  const episodes = createEpisodes(parameters, batch)
  const { observations } = episodes
  const words = stateWords(episodes)
  return {
    ...showArrays(episodes),
    map: observations,
    mouseCell: (index) => episodes.mouse[index],
    held: (index) => episodes.held[index],
    monstersLeft: (index) => episodes.alive[index],
    monsterCell: (index, monster) => episodes.monsters[index * maxPerKind + monster],
    reset(index, level, seed = 0) {
      build(episodes, index, level)
      begin(episodes, index, seed)
    },
    step: (actions) => stepAll(episodes, actions),
    ...saveSlots<MonsterLevel>({
      batch,
      words,
      wordsOf: (i) => wordsOf(episodes, i),
      resume(i, level, state) {
        build(episodes, i, level)
        resume(episodes, i, state)
      },
    }),
  }
}

/** Only the walls. */
function build(episodes: Episodes, index: number, level: MonsterLevel): void {
  const { observations, stride, size } = episodes
  if (level.size !== size)
    throw new RangeError(`a level of size ${level.size} does not fit a simulator of size ${size}`)
  const start = index * stride
  observations.set(episodes.emptyArena, start)
  episodes.levels[index] = level
  episodes.walled[index] = isArena(level) ? 0 : 1
  if (episodes.walled[index] === 0) return
  for (let cell = 0, at = start; cell < level.walls.length; cell++, at += channels) observations[at] = level.walls[cell]
}

function begin(episodes: Episodes, index: number, seed: number): void {
  const { mouse, apples, shields, monsters } = episodes.levels[index]
  put(episodes, index, [mouse], mouseChannel)
  put(episodes, index, apples, appleChannel)
  put(episodes, index, shields, shieldChannel)
  put(episodes, index, monsters, monsterChannel)
  episodes.mouse[index] = mouse
  for (let i = 0; i < monsters.length; i++) episodes.monsters[index * maxPerKind + i] = monsters[i]
  episodes.held[index] = 0
  episodes.apples[index] = apples.length
  episodes.shields[index] = shields.length
  episodes.alive[index] = monsters.length
  episodes.due[index] = Math.min(monsters.length, shields.length)
  episodes.seeds[index] = seed
  episodes.steps[index] = 0
  clearOutcome(episodes, index)
  const { counters, counted } = episodes
  for (let i = index * counted; i < (index + 1) * counted; i++) counters[i] = 0
}

function clearOutcome(episodes: Episodes, index: number): void {
  clearRewards(episodes, index)
  episodes.terminated[index] = 0
  episodes.truncated[index] = 0
}

function put({ observations, stride }: Episodes, index: number, cells: ArrayLike<number>, channel: number): void {
  for (let i = 0; i < cells.length; i++) observations[index * stride + cells[i] * channels + channel] = 1
}

/** seed, steps, mouse, held, due, how many apples, shields and monsters; their cells; the counters. */
const heads = 8
const stateWords = ({ counted }: Episodes): number => heads + 3 * maxPerKind + counted

function wordsOf(episodes: Episodes, index: number): Int32Array {
  const { seeds, steps, mouse, held, due, apples, shields, alive, monsters, counters, counted } = episodes
  const state = new Int32Array(stateWords(episodes))
  const heading = [seeds, steps, mouse, held, due, apples, shields, alive]
  state.set(heading.map((values) => values[index]))
  state.set(cellsWith(episodes, index, appleChannel), heads)
  state.set(cellsWith(episodes, index, shieldChannel), heads + maxPerKind)
  // In their order, which decides whose turn it is.
  const first = index * maxPerKind
  state.set(monsters.subarray(first, first + alive[index]), heads + 2 * maxPerKind)
  state.set(counters.subarray(index * counted, (index + 1) * counted), heads + 3 * maxPerKind)
  return state
}

export function cellsWith(
  { observations, stride }: Pick<Episodes, 'observations' | 'stride'>,
  index: number,
  channel: number,
): number[] {
  const cells: number[] = []
  for (let at = 0; at < stride; at += channels)
    if (observations[index * stride + at + channel] === 1) cells.push(at / channels)
  return cells
}

function resume(episodes: Episodes, index: number, state: Int32Array): void {
  const { seeds, steps, mouse, held, due, apples, shields, alive, monsters, counters, counted, side } = episodes
  for (const [i, values] of [seeds, steps, mouse, held, due, apples, shields, alive].entries()) values[index] = state[i]
  const group = (kind: number, count: number) =>
    state.subarray(heads + kind * maxPerKind, heads + kind * maxPerKind + count)
  put(episodes, index, [mouse[index]], mouseChannel)
  put(episodes, index, group(0, apples[index]), appleChannel)
  put(episodes, index, group(1, shields[index]), shieldChannel)
  put(episodes, index, group(2, alive[index]), monsterChannel)
  monsters.set(group(2, alive[index]), index * maxPerKind)
  const shown = Math.min(held[index], side)
  put(
    episodes,
    index,
    Array.from({ length: shown }, (_, place) => place),
    inventoryChannel,
  )
  counters.set(state.subarray(heads + 3 * maxPerKind), index * counted)
  clearOutcome(episodes, index)
  const ended = !episodes.respawn && apples[index] === 0 && due[index] === 0
  episodes.terminated[index] = ended ? 1 : 0
  episodes.truncated[index] = !ended && steps[index] >= episodes.maxSteps ? 1 : 0
}
