import type { EpisodeArrays } from '../gridworlds/grid/episode-arrays.ts'
import { createEpisodeArrays } from '../gridworlds/grid/episode-arrays.ts'
import type { CellMap } from '../procgen/cell-map.ts'
import { windowChannels } from '../procgen/egocentric-window.ts'
import { createBodies, halfHeight, halfWidth, type Bodies } from './body.ts'
import { counterCount } from './counters.ts'
import { endOf, maxWalkers, startColumn, startRow, type CoinrunLevel } from './level.ts'
import { createMotion, type Motion } from './move-body.ts'
import type { CoinrunParameters } from './parameters.ts'
import { coinBit, counterpartBit, createTerrain, layTerrain } from './terrain.ts'
import { createWalkers, placeWalkers, type Walkers } from './walkers.ts'

/** Cells along a side of the agent's window. */
export const windowSide = 13
/** Pixels along a side of the agent's picture. */
export const pixelSide = 64

/** The state of many episodes. */
export type Episodes = EpisodeArrays & {
  readonly maxSteps: number
  readonly map: CellMap
  readonly bodies: Bodies
  readonly walkers: Walkers
  readonly motion: Motion
  /** By slot: index of the level's cell (0, 0) in the map. */
  readonly first: Int32Array
  /** By slot: the bit of the coin that lies at the end, and the column of the end. */
  readonly endBit: Uint8Array
  readonly endColumn: Int32Array
  /** By slot: 1 where the agent sees and steers the level in a mirror. */
  readonly mirrored: Uint8Array
  /** By slot: the bits of what was touched. */
  readonly reached: Uint8Array
}

/** Bytes of one observation. */
export function observationBytes({ view }: CoinrunParameters): number {
  return view === 'symbolic' ? windowSide * windowSide * windowChannels : 3 * pixelSide * pixelSide
}

export function createEpisodes(parameters: CoinrunParameters, batch: number): Episodes {
  const map = createTerrain(batch)
  const stride = observationBytes(parameters)
  return {
    ...createEpisodeArrays({ batch, stride, counters: counterCount, goals: 3 }),
    maxSteps: parameters.maxSteps,
    map,
    bodies: createBodies(batch),
    walkers: createWalkers(batch, maxWalkers),
    motion: createMotion(map),
    first: Int32Array.from({ length: batch }, (_, slot) => map.at(slot, 0, 0)),
    endBit: new Uint8Array(batch),
    endColumn: new Int32Array(batch),
    mirrored: new Uint8Array(batch),
    reached: new Uint8Array(batch),
  }
}

/** Everything that the level determines, and the agent at its start. */
export function beginLevel(episodes: Episodes, slot: number, level: CoinrunLevel): void {
  const { map, bodies, walkers, endBit, endColumn, mirrored, reached } = episodes
  layTerrain(map, slot, level)
  placeWalkers(walkers, slot, level)
  endBit[slot] = level.coinAtEnd ? coinBit : counterpartBit
  endColumn[slot] = endOf(level) % level.width
  mirrored[slot] = level.mirrored ? 1 : 0
  reached[slot] = 0
  bodies.x[slot] = startColumn + halfWidth
  bodies.y[slot] = startRow + halfHeight
  bodies.vx[slot] = 0
  bodies.vy[slot] = 0
  bodies.supported[slot] = 1
}
