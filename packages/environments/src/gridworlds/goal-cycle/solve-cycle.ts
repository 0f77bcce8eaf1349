import { unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { fillLegs, stepOnLeg, type Leg } from '../grid/legs.ts'
import type { CycleLevel } from './level.ts'
import { successors } from './orders.ts'
import type { CycleParameters } from './parameters.ts'

export type CyclePlan = {
  readonly optimalReturn: number
  /** The spheres to visit, one after the other. */
  readonly visits: readonly number[]
}

type Rules = Pick<CycleParameters, 'discount' | 'maxSteps' | 'penalty' | 'afterMistake'>

/** The best remaining return, discounted from now, and the next sphere for it; −1: none is worthwhile. */
export type CycleChoice = { readonly sphere: number; readonly value: number }

/** Called with the sphere from which the order continues (`none`: −1), the cell, and the steps taken. */
export type CycleValues = (from: number, cell: number, steps: number) => CycleChoice

/** The sphere from which the order continues after this visit. */
export function goesOnFrom(
  visit: { readonly sphere: number; readonly right: boolean },
  from: number,
  { afterMistake }: Pick<Rules, 'afterMistake'>,
): number {
  return visit.right || afterMistake !== 'waits' ? visit.sphere : from
}

/**
 * The exact best return if visits in this order pay 1 and others cost the penalty, by dynamic programming over the
 * sphere visited last, the one from which the order continues, and the steps taken. Between two visits the shortest
 * path that touches no other sphere is best, since earlier is never worse; leaving a sphere and coming back earns and
 * changes nothing.
 */
export function valueCycle(level: CycleLevel, order: readonly number[], rules: Rules): CycleValues {
  const { discount, maxSteps, penalty } = rules
  const legs = createLegs(level)
  const after = successors(order)
  // By the sphere visited last, then by the one from which the order continues.
  const values = order.map(() => order.map(() => new Float64Array(maxSteps + 1)))

  function decide(from: number, cell: number, steps: number): CycleChoice {
    let best = { sphere: -1, value: 0 }
    for (const { target, distances, sphere } of legs) {
      const moves = distances[cell]
      if (target === cell || moves === unreachable || steps + moves > maxSteps) continue
      const right = from < 0 || after[from] === sphere
      const left = values[sphere][goesOnFrom({ sphere, right }, from, rules)][steps + moves]
      const value = discount ** (moves - 1) * ((right ? 1 : -penalty) + discount * left)
      if (value > best.value) best = { sphere, value }
    }
    return best
  }

  for (let steps = maxSteps - 1; steps > 0; steps--)
    for (const [last, cell] of level.spheres.entries())
      for (const from of rules.afterMistake === 'waits' ? order : [last])
        values[last][from][steps] = decide(from, cell, steps).value
  return decide
}

/** A best episode: it stands still after the last worthwhile visit. */
export function planCycle(level: CycleLevel, order: readonly number[], rules: Rules): CyclePlan {
  const decide = valueCycle(level, order, rules)
  const legs = createLegs(level)
  const after = successors(order)
  const visits: number[] = []
  let [from, cell, steps] = [-1, level.mouse, 0]
  const first = decide(from, cell, steps)
  let { sphere } = first
  while (sphere >= 0) {
    visits.push(sphere)
    steps += legs[sphere].distances[cell]
    cell = level.spheres[sphere]
    from = goesOnFrom({ sphere, right: from < 0 || after[from] === sphere }, from, rules)
    sphere = decide(from, cell, steps).sphere
  }
  return { optimalReturn: first.value, visits }
}

/** The actions of a plan; the first action breaks ties. */
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

/** By sphere: paths to it that touch no other. */
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
