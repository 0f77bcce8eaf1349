import { unreachable } from './distances.ts'
import { fillLegs, stepOnLeg, type Leg } from './legs.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/**
 * Agents that repeatedly walk from stop to stop on shortest paths, one in each slot. Others do not affect their paths:
 * these are traced when an episode starts, and a step is a look-up.
 */
export type Leaders = {
  /** Cells kept for each slot. */
  readonly capacity: number
  /** [batch × capacity] the cells of a route, its start first. */
  readonly routes: Int16Array
  /** [batch] where on its route each leader is. */
  readonly at: Int32Array
  /** [batch] number of cells of a route. */
  readonly ends: Int32Array
  /** [batch] where the route continues after its last cell. */
  readonly loops: Int32Array
  /** Whether paths go around the other stops. */
  readonly around: boolean
  /** The leg that is being traced. */
  readonly leg: Leg & { target: number }
}

type Company = {
  readonly batch: number
  readonly size: number
  readonly maxSteps: number
  /** The most stops of a round. */
  readonly stops: number
  readonly around: boolean
}

export function createLeaders({ batch, size, maxSteps, stops, around }: Company): Leaders {
  const capacity = 1 + Math.min(maxSteps, (stops + 1) * size * size)
  const cells = sideOf(size) ** 2
  const integers = () => new Int32Array(batch)
  return {
    capacity,
    routes: new Int16Array(batch * capacity),
    at: integers(),
    ends: integers(),
    loops: integers(),
    around,
    leg: { target: 0, stops: new Uint8Array(cells), distances: new Int16Array(cells), offsets: neighbourOffsets(size) },
  }
}

/** Different stops, none of them where the leader starts. At the only stop of a round it stays. */
export type Round = {
  readonly from: number
  readonly stops: readonly number[]
  /** Cells other than stops that paths must avoid. */
  readonly shunned?: readonly number[]
}

/**
 * A leader that cannot reach its next stop stands still from then on. Of equally short paths it takes the first by
 * action.
 */
export function startLeader(leaders: Leaders, index: number, level: GridLevel, round: Round): void {
  const { routes, capacity, around, leg } = leaders
  const { from, stops, shunned = [] } = round
  routes[index * capacity] = from
  leaders.at[index] = 0
  if (around) mark(leg.stops, stops, 1)
  mark(leg.stops, shunned, 1)
  traceRound(leaders, index, level, stops)
  if (around) mark(leg.stops, stops, 0)
  mark(leg.stops, shunned, 0)
}

function mark(marks: Uint8Array, cells: readonly number[], value: number): void {
  for (let i = 0; i < cells.length; i++) marks[cells[i]] = value
}

function traceRound(leaders: Leaders, index: number, level: GridLevel, stops: readonly number[]): void {
  const { capacity, ends, loops, leg } = leaders
  ends[index] = 1
  for (let i = 0; i <= stops.length; i++) {
    const before = ends[index]
    leg.target = stops[i % stops.length]
    traceLeg(leaders, index, level)
    if (ends[index] === before || ends[index] === capacity) {
      loops[index] = ends[index] - 1
      return
    }
    if (i === 0) loops[index] = ends[index] - 1
  }
  // The last cell is the one where the second round begins.
  ends[index]--
}

/** Appends the path to the leg's target, as far as there is room: nothing if there is no path. */
function traceLeg({ routes, capacity, leg, ends }: Leaders, index: number, level: GridLevel): void {
  const start = index * capacity
  let end = ends[index]
  let cell = routes[start + end - 1]
  fillLegs(level, leg.target, leg.stops, leg.distances)
  if (leg.distances[cell] === unreachable) return
  while (cell !== leg.target && end < capacity) {
    cell += leg.offsets[stepOnLeg(leg, cell)]
    routes[start + end++] = cell
  }
  ends[index] = end
}

/** The leader's cell after another step. */
export function advanceLeader({ routes, capacity, at, ends, loops }: Leaders, index: number): number {
  const next = at[index] + 1
  at[index] = next < ends[index] ? next : loops[index]
  return routes[index * capacity + at[index]]
}

/** Moves the leader to its cell after `steps` steps, and returns it. */
export function placeLeader({ routes, capacity, at, ends, loops }: Leaders, index: number, steps: number): number {
  const loop = loops[index]
  at[index] = steps < ends[index] ? steps : loop + ((steps - loop) % (ends[index] - loop))
  return routes[index * capacity + at[index]]
}
