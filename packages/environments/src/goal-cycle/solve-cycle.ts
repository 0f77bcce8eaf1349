import { unreachable } from '../gridworld/distances.ts'
import { neighbourOffsets } from '../gridworld/grid.ts'
import { fillLegs, stepOnLeg, type Leg } from '../gridworld/legs.ts'
import type { CycleLevel } from './level.ts'
import { successors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'

export type CyclePlan = {
  readonly optimalReturn: number
  /** The spheres to visit, one after the other. */
  readonly visits: readonly number[]
}

type Rules = Pick<CycleParameters, 'discount' | 'maxSteps' | 'penalty'>

/**
 * The best return where visits in this order pay 1 and others cost the penalty, exactly: by dynamic programming over the
 * sphere visited last and the steps taken. Between two visits the shortest way that touches no other sphere is best, since to be
 * earlier is never worse; to leave a sphere and come back to it earns and changes nothing.
 */
export function planCycle(level: CycleLevel, order: readonly number[], rules: Rules): CyclePlan {
  const { discount, maxSteps, penalty } = rules
  const legs = createLegs(level)
  const after = successors(order)
  const values = order.map(() => new Float64Array(maxSteps + 1))
  // What comes after the last worthwhile visit is to stand still: no sphere.
  const choices = order.map(() => new Int8Array(maxSteps + 1).fill(-1))

  function decide(from: number, cell: number, steps: number): { sphere: number; value: number } {
    let best = { sphere: -1, value: 0 }
    for (const { target, distances, sphere } of legs) {
      const moves = distances[cell]
      if (target === cell || moves === unreachable || steps + moves > maxSteps) continue
      const reward = from < 0 || after[from] === sphere ? 1 : -penalty
      const value = discount ** (moves - 1) * (reward + discount * values[sphere][steps + moves])
      if (value > best.value) best = { sphere, value }
    }
    return best
  }

  for (let steps = maxSteps - 1; steps > 0; steps--)
    for (const [from, cell] of level.spheres.entries()) {
      const { sphere, value } = decide(from, cell, steps)
      values[from][steps] = value
      choices[from][steps] = sphere
    }
  const { sphere: first, value: optimalReturn } = decide(-1, level.mouse, 0)
  const visits: number[] = []
  let [sphere, cell, steps] = [first, level.mouse, 0]
  while (sphere >= 0) {
    visits.push(sphere)
    steps += legs[sphere].distances[cell]
    cell = level.spheres[sphere]
    sphere = choices[sphere][steps]
  }
  return { optimalReturn, visits }
}

/** The actions of a plan; of equally short ways the first by action. */
export function cycleActions(level: CycleLevel, { visits }: CyclePlan): number[] {
  const legs = createLegs(level)
  const actions: number[] = []
  let cell = level.mouse
  for (const sphere of visits) {
    const leg = legs[sphere]
    while (cell !== leg.target) {
      const action = stepOnLeg(leg, cell)
      actions.push(action)
      cell += leg.offsets[action]
    }
  }
  return actions
}

/** By sphere: ways to it that touch no other. */
function createLegs(level: CycleLevel): (Leg & { readonly sphere: number })[] {
  const offsets = neighbourOffsets(level.size)
  const stops = new Uint8Array(level.walls.length)
  for (const cell of level.spheres) stops[cell] = 1
  return level.spheres.map((target, sphere) => {
    const distances = new Int16Array(level.walls.length)
    fillLegs(level, target, stops, distances)
    return { sphere, target, stops, distances, offsets }
  })
}
