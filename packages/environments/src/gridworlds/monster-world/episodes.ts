import { createStepRng, type StepRng } from '@goalpost/random'
import { createEpisodeArrays, type EpisodeArrays } from '../grid/episode-arrays.ts'
import { neighbourOffsets, sideOf } from '../grid/grid.ts'
import { arenaWalls } from './arena.ts'
import { aheadInArena, chaseTables } from './chase.ts'
import { counterCount } from './counters.ts'
import type { MonsterLevel } from './level.ts'
import { maxPerKind, type MonsterParameters } from './parameters.ts'

export const monsterChannels = ['wall', 'mouse', 'apple', 'monster', 'shield', 'inventory'] as const
export const channels = monsterChannels.length
export const [, mouseChannel, appleChannel, monsterChannel, shieldChannel, inventoryChannel] = [0, 1, 2, 3, 4, 5]

/** Everything about the episodes, one array per fact. The observation doubles as the map. */
export type Episodes = EpisodeArrays & {
  readonly size: number
  readonly side: number
  readonly stride: number
  readonly maxSteps: number
  readonly respawn: boolean
  /** Pick-ups are counted apart for up to this many. */
  readonly maxMonsters: number
  readonly counted: number
  readonly levels: MonsterLevel[]
  /** [batch] 1 if the level has interior walls. */
  readonly walled: Uint8Array
  /** [batch] the mouse's cell. */
  readonly mouse: Int32Array
  /** [batch] shields in hand; those on the ground, and apples. */
  readonly held: Int32Array
  readonly shields: Int32Array
  readonly apples: Int32Array
  /** [batch] monsters left, and those that must go before the episode can end. */
  readonly alive: Int32Array
  readonly due: Int32Array
  /** [batch × 12] cells of the monsters left. */
  readonly monsters: Int32Array
  /** [batch] as signed integers. */
  readonly seeds: Int32Array
  /** [256] by action; a monster's fifth action is to stay. */
  readonly moves: Int32Array
  readonly thresholds: Float64Array
  /** See `decideByHighBits`. */
  readonly decided: Uint8Array
  /** See `aheadInArena`. */
  readonly inArena: Uint8Array
  /** [stride] the observation of an empty arena. */
  readonly emptyArena: Uint8Array
  /** [cells] by cell. */
  readonly rowOf: Int32Array
  readonly columnOf: Int32Array
  /** Distances to the mouse in a level with walls; for one slot at a time. */
  readonly field: Int16Array
  readonly chance: StepRng
}

export function createEpisodes(parameters: MonsterParameters, batch: number): Episodes {
  const { size, maxSteps, respawn, monsters: maxMonsters, inverseTemperature } = parameters
  const side = sideOf(size)
  const stride = side ** 2 * channels
  const counted = counterCount(maxMonsters)
  const moves = new Int32Array(256)
  moves.set(neighbourOffsets(size))
  const integers = () => new Int32Array(batch)
  return {
    ...createEpisodeArrays({ batch, stride, counters: counted, goals: 4 }),
    size,
    side,
    stride,
    maxSteps,
    respawn,
    maxMonsters,
    counted,
    levels: [],
    walled: new Uint8Array(batch),
    mouse: integers(),
    held: integers(),
    shields: integers(),
    apples: integers(),
    alive: integers(),
    due: integers(),
    monsters: new Int32Array(batch * maxPerKind),
    seeds: integers(),
    moves,
    ...chaseTables(inverseTemperature),
    inArena: aheadInArena(size),
    emptyArena: Uint8Array.from({ length: stride }, (_, at) =>
      at % channels === 0 ? arenaWalls(size)[at / channels] : 0,
    ),
    rowOf: Int32Array.from({ length: side ** 2 }, (_, cell) => Math.floor(cell / side)),
    columnOf: Int32Array.from({ length: side ** 2 }, (_, cell) => cell % side),
    field: new Int16Array(side ** 2),
    chance: createStepRng('monsters'),
  }
}
