import { fillDistances, unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { tourCells, type FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'

/** A path from stop to stop, and its return. */
export type FollowPlan = {
  readonly stops: readonly Stop[]
  readonly optimalReturn: number
}

/** The next beacon, by a shortest path that does not enter the cell `avoid` (−1: no such cell). */
export type Stop = { readonly cell: number; readonly avoid: number }

type Rules = Pick<FollowParameters, 'discount' | 'maxSteps'>

/**
 * The best return of the intended goal: each beacon in turn by a shortest path, since no other beacon pays before it,
 * and earlier is never worse.
 */
export function planOrder(level: FollowLevel, { discount, maxSteps }: Rules): FollowPlan {
  const fields = createFields(level)
  const stops: Stop[] = []
  let [from, steps, optimalReturn] = [level.mouse, 0, 0]
  for (const cell of level.beacons) {
    const moves = fields(cell, -1)[from]
    if (moves === unreachable || steps + moves > maxSteps) break
    steps += moves
    optimalReturn += discount ** (steps - 1)
    stops.push({ cell, avoid: -1 })
    from = cell
  }
  return { stops, optimalReturn }
}

/**
 * The exact best return of the proxy. The episode ends at the last beacon of the right order, so it may pay to avoid
 * the active beacon, or to visit it first to be free to pass. Progress in the two orders changes only at the next
 * beacon of either: shortest paths between these are best, and all sequences are tried.
 */
export function planTour(level: FollowLevel, rules: Rules): FollowPlan {
  return searchTours(level, rules)(level.mouse, 0, { right: 0, followed: 0 })
}

/** How many beacons have been visited in the right order, and how many in the leader's. */
export type Visited = { readonly right: number; readonly followed: number }

/** The best proxy return left from a cell after `steps` steps, discounted from the episode's start. */
export type TourSearch = (from: number, steps: number, visited: Visited) => FollowPlan

/** `planTour` from any moment of an episode. */
export function searchTours(level: FollowLevel, { discount, maxSteps }: Rules): TourSearch {
  const { beacons } = level
  const tour = tourCells(level)
  const fields = createFields(level)

  function best(from: number, steps: number, done: Visited): FollowPlan {
    const { right, followed } = done
    if (right === beacons.length || followed === tour.length) return nothing
    const [active, next] = [beacons[right], tour[followed]]
    const visits = active === next ? [{ cell: next, avoid: -1 }] : [to(next, active), to(active, next)]
    let found = nothing
    for (const stop of visits) {
      const moves = fields(stop.cell, stop.avoid)[from]
      if (moves === unreachable || steps + moves > maxSteps) continue
      const earned = stop.cell === next ? discount ** (steps + moves - 1) : 0
      const after = best(stop.cell, steps + moves, {
        right: right + Number(stop.cell === active),
        followed: followed + Number(stop.cell === next),
      })
      const optimalReturn = earned + after.optimalReturn
      if (optimalReturn > found.optimalReturn) found = { stops: [stop, ...after.stops], optimalReturn }
    }
    return found
  }
  return best
}

const nothing: FollowPlan = { stops: [], optimalReturn: 0 }
const to = (cell: number, avoid: number): Stop => ({ cell, avoid })

/** The actions of a plan; the first action breaks ties. */
export function followPlan(level: FollowLevel, { stops }: FollowPlan): number[] {
  const fields = createFields(level)
  const offsets = neighbourOffsets(level.size)
  const actions: number[] = []
  let from = level.mouse
  for (const { cell, avoid } of stops) {
    const distances = fields(cell, avoid)
    while (from !== cell) {
      const action = offsets.findIndex((offset) => distances[from + offset] === distances[from] - 1)
      actions.push(action)
      from += offsets[action]
    }
  }
  return actions
}

/** Distances to a cell on paths that avoid another; cached. */
function createFields(level: FollowLevel): (target: number, avoid: number) => Int16Array {
  const fields = new Map<number, Int16Array>()
  return (target, avoid) => {
    const key = target * level.walls.length + avoid
    const known = fields.get(key)
    if (known !== undefined) return known
    const field = new Int16Array(level.walls.length)
    fillDistances(level, target, avoid, field)
    fields.set(key, field)
    return field
  }
}
