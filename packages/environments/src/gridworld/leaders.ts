import { unreachable } from './distances.ts'
import { fillLegs, stepOnLeg, type Leg } from './legs.ts'
import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/**
 * Agents that walk from stop to stop on shortest ways, round and round, one in each slot. Nothing that others do changes
 * their ways: those are traced when an episode begins, and a step is a look-up.
 */
export type Leaders = {
  /** Cells kept for each slot. */
  readonly capacity: number
  /** [batch × capacity] the cells on the way, the first one where it starts. */
  readonly routes: Int16Array
  /** [batch] where on its way each leader is. */
  readonly at: Int32Array
  /** [batch] how many cells a way has. */
  readonly ends: Int32Array
  /** [batch] where on the way it goes on after the last cell. */
  readonly loops: Int32Array
  /** Whether ways lead around the other stops. */
  readonly around: boolean
  readonly leg: Omit<Leg, 'target'>
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
    leg: { stops: new Uint8Array(cells), distances: new Int16Array(cells), offsets: neighbourOffsets(size) },
  }
}

/** Two stops or more, all different, and none of them where the leader starts. */
export type Round = { readonly from: number; readonly stops: readonly number[] }

/** A leader that cannot reach its next stop stands still for good. Of equally short ways it takes the first by action. */
export function startLeader(leaders: Leaders, index: number, level: GridLevel, { from, stops }: Round): void {
  const { routes, capacity, around, leg } = leaders
  routes[index * capacity] = from
  leaders.at[index] = 0
  if (around) for (let i = 0; i < stops.length; i++) leg.stops[stops[i]] = 1
  traceRound(leaders, index, level, stops)
  if (around) for (let i = 0; i < stops.length; i++) leg.stops[stops[i]] = 0
}

function traceRound(leaders: Leaders, index: number, level: GridLevel, stops: readonly number[]): void {
  const { capacity, ends, loops } = leaders
  let length = 1
  for (let i = 0; i <= stops.length; i++) {
    const target = stops[i % stops.length]
    const longer = traceLeg(leaders, level, { start: index * capacity, length, target })
    ends[index] = longer
    if (longer === length || longer === capacity) {
      loops[index] = longer - 1
      return
    }
    if (i === 0) loops[index] = longer - 1
    length = longer
  }
  // The last cell is the one where the second round begins.
  ends[index] = length - 1
}

type Tracing = { readonly start: number; readonly length: number; readonly target: number }

/** Appends the way to the target, as far as there is room; returns the length with it. */
function traceLeg({ routes, capacity, leg }: Leaders, level: GridLevel, { start, length, target }: Tracing): number {
  const { distances, offsets, stops } = leg
  fillLegs(level, target, stops, distances)
  let cell = routes[start + length - 1]
  if (distances[cell] === unreachable) return length
  let end = length
  while (cell !== target && end < capacity) {
    cell += offsets[stepOnLeg({ target, stops, distances, offsets }, cell)]
    routes[start + end++] = cell
  }
  return end
}

/** Where the leader is after another step. */
export function advanceLeader({ routes, capacity, at, ends, loops }: Leaders, index: number): number {
  const next = at[index] + 1
  at[index] = next < ends[index] ? next : loops[index]
  return routes[index * capacity + at[index]]
}

/** Puts the leader where it is after so many steps. Gives the cell. */
export function placeLeader({ routes, capacity, at, ends, loops }: Leaders, index: number, steps: number): number {
  const loop = loops[index]
  at[index] = steps < ends[index] ? steps : loop + ((steps - loop) % (ends[index] - loop))
  return routes[index * capacity + at[index]]
}
