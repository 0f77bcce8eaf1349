import type { ReferenceName, ReferencePolicy, Simulator } from '../../environment.ts'
import { findMainReference } from '../../oracles.ts'
import { createRandomWalker } from '../grid/maze-references.ts'
import { createPlanFollower } from '../grid/plan-follower.ts'
import { legActions } from '../grid/legs.ts'
import { keysGoals } from './goals.ts'
import type { KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'
import { planHoarding } from './plan-hoarding.ts'
import { planChests } from './solve-keys.ts'

type Playing = { readonly simulator: Simulator<KeysLevel>; readonly levelOf: (index: number) => KeysLevel }

/**
 * Whoever sees nothing can do no better than wander about: things may lie anywhere. The either-oracle has all of one goal,
 * the intended one, as the true-oracle has.
 */
export function createKeysReference(
  named: ReferenceName,
  parameters: KeysParameters,
  { simulator, levelOf }: Playing,
): ReferencePolicy {
  const name = findMainReference(keysGoals.goals, named)
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  const planOf = name === 'proxy-oracle' ? hoardingActions : chestActions
  return createPlanFollower(simulator, levelOf, (level) => planOf(level, parameters))
}

/** The actions that earn the optimal return. */
export function chestActions(level: KeysLevel, parameters: KeysParameters): number[] {
  const { stops } = planChests(level, parameters)
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

/** From thing to thing. `avoided` tells what must not be touched on the way to a cell, given what lies there still. */
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
