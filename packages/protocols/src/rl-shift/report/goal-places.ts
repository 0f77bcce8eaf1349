import type { Environment } from '@goalpost/environments'
import { redrawLevels } from '@goalpost/evaluation'
import type { RlShiftOptions } from '../spec.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** Goal location on each level of a suite, as row and column of the observation. */
export type Places = readonly (readonly [row: number, column: number])[]

/** Suites cached per process: regenerating levels is slow. */
const maxCached = 16
const cache = new Map<string, Places | null>()

/** Null if the goal has no location or always the same one, or if the regenerated levels no longer match the hash. */
export function placesOf(options: RlShiftOptions, suite: Suite, hash: string): Places | null {
  const known = cache.get(hash)
  if (known !== undefined) return known
  const places = drawPlaces(options, suite, hash)
  cache.set(hash, places)
  for (const oldest of cache.keys()) if (cache.size > maxCached) cache.delete(oldest)
  return places
}

function drawPlaces(options: RlShiftOptions, suite: Suite, hash: string): Places | null {
  const { environment: name, parameters, levelsFrom: source, levels, seed } = suiteWorld(options, suite)
  const environment: Environment = environmentOf(name)
  // Goal locations would reveal levels of a secret suite.
  if (environment.goalPlace === undefined || typeof seed === 'object') return null
  const places = redrawLevels(environment, parameters, { source, levels, seed, hash })?.map(environment.goalPlace)
  return places === undefined || new Set(places.map(String)).size < 2 ? null : places
}

/** The quarter of the grid that each location is in; locations on a middle line count as top or left. */
export function regionsOf(places: Places): string[] {
  const [rows, columns] = [0, 1].map((axis) => places.map((place) => place[axis]))
  const middle = (values: readonly number[]) =>
    (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2
  const [row, column] = [middle(rows), middle(columns)]
  return places.map(([y, x]) => `${y <= row ? 'at the top' : 'at the bottom'} ${x <= column ? 'left' : 'right'}`)
}
