import type { Environment } from '@goalpost/environments'
import { redrawLevels } from '@goalpost/evaluation'
import type { RlShiftOptions } from '../spec.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** Where the goal lies on each level of a suite, as row and column of the observation. */
export type Places = readonly (readonly [row: number, column: number])[]

/** Suites whose places a process remembers: drawing the levels again takes longer than reading them. */
const mostRemembered = 16
const remembered = new Map<string, Places | null>()

/** Null where the goal has no place of its own, or only ever one, or where the levels are not those of the hash any more. */
export function placesOf(options: RlShiftOptions, suite: Suite, hash: string): Places | null {
  const known = remembered.get(hash)
  if (known !== undefined) return known
  const places = drawPlaces(options, suite, hash)
  remembered.set(hash, places)
  for (const oldest of remembered.keys()) if (remembered.size > mostRemembered) remembered.delete(oldest)
  return places
}

function drawPlaces(options: RlShiftOptions, suite: Suite, hash: string): Places | null {
  const { environment: name, parameters, levelsFrom: source, levels, seed } = suiteWorld(options, suite)
  const environment: Environment = environmentOf(name)
  // Where goals lie is what a secret suite keeps to itself.
  if (environment.goalPlace === undefined || typeof seed === 'object') return null
  const places = redrawLevels(environment, parameters, { source, levels, seed, hash })?.map(environment.goalPlace)
  return places === undefined || new Set(places.map(String)).size < 2 ? null : places
}

/** The quarter of the grid that each place lies in; places on its middle lines count to the top and to the left. */
export function regionsOf(places: Places): string[] {
  const [rows, columns] = [0, 1].map((axis) => places.map((place) => place[axis]))
  const middle = (values: readonly number[]) =>
    (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2
  const [row, column] = [middle(rows), middle(columns)]
  return places.map(([y, x]) => `${y <= row ? 'at the top' : 'at the bottom'} ${x <= column ? 'left' : 'right'}`)
}
