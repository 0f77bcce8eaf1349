import type { Oracles } from '../grid/define-gridworld.ts'
import { legActions } from '../grid/legs.ts'
import { planning } from '../grid/plan-follower.ts'
import type { KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'
import { planHoarding } from './plan-hoarding.ts'
import { planChests } from './solve-keys.ts'

export const keysOracles: Oracles<KeysParameters, KeysLevel> = {
  chests: planning(chestActions),
  keys: planning(hoardingActions),
  'collected-keys': planning(hoardingActions),
}

/** The actions that earn the optimal return. */
export function chestActions(level: KeysLevel, parameters: KeysParameters): number[] {
  return touchActions(level, planChests(level, parameters).stops)
}

/** The actions that touch these things in this order, and nothing else. */
export function touchActions(level: KeysLevel, stops: readonly number[]): number[] {
  const keys = new Set(level.keys)
  let held = 0
  return walk(level, stops, (cell, untouched) => {
    const shut = held > 0
    held += keys.has(cell) ? 1 : -1
    return untouched.filter((thing) => shut || keys.has(thing))
  })
}

/** The actions that gather keys and open nothing. */
export function hoardingActions(level: KeysLevel, { maxSteps }: KeysParameters): number[] {
  const { stops } = planHoarding(level, maxSteps)
  return walk(level, stops, (cell) => (cell === stops[0] ? level.keys : level.chests))
}

/** From thing to thing. `avoided` returns the cells not to touch on the way to a cell, given the untouched things. */
function walk(
  level: KeysLevel,
  stops: readonly number[],
  avoided: (cell: number, untouched: readonly number[]) => readonly number[],
): number[] {
  const untouched = new Set([...level.keys, ...level.chests])
  let from = level.mouse
  return stops.flatMap((cell) => {
    const blocked = new Uint8Array(level.walls.length)
    for (const thing of avoided(cell, [...untouched])) blocked[thing] = 1
    const actions = legActions(level, from, cell, blocked)
    untouched.delete(cell)
    from = cell
    return actions
  })
}
