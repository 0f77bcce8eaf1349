import { queueFor, unreachable } from './distances.ts'
import { neighbourOffsets, type GridLevel } from './grid.ts'

/**
 * Writes the moves from cell `from` to every cell into `distances` [(size + 2)²]. Cells whose `stops` is 1 are reached,
 * but no path leads through them; `from` itself does not stop. Allocates nothing.
 */
export function fillLegs(level: GridLevel, from: number, stops: Uint8Array, distances: Int16Array): void {
  const { size, walls } = level
  const offsets = neighbourOffsets(size)
  const queue = queueFor(size)
  distances.fill(unreachable)
  distances[from] = 0
  queue[0] = from
  let queued = 1
  for (let head = 0; head < queued; head++) {
    if (head > 0 && stops[queue[head]] === 1) continue
    const next = distances[queue[head]] + 1
    for (let action = 0; action < 4; action++) {
      const cell = queue[head] + offsets[action]
      if (walls[cell] === 1 || distances[cell] >= 0) continue
      distances[cell] = next
      queue[queued++] = cell
    }
  }
}

/** Distances to a target, as `fillLegs` writes them from there. A path is the same backwards, with the same stops. */
export type Leg = {
  readonly target: number
  readonly stops: Uint8Array
  readonly distances: Int16Array
  readonly offsets: readonly number[]
}

/** The first action, by number, of a shortest path from `cell`, which must reach the target. */
export function stepOnLeg({ target, stops, distances, offsets }: Leg, cell: number): number {
  const nearer = distances[cell] - 1
  let action = 0
  for (; action < offsets.length - 1; action++) {
    const next = cell + offsets[action]
    if (distances[next] === nearer && (stops[next] === 0 || next === target)) break
  }
  return action
}

/**
 * The actions of a shortest such path to `target`, which must be reachable. Of equally short ones, the first by action.
 */
export function legActions(level: GridLevel, from: number, target: number, stops: Uint8Array): number[] {
  const leg = { target, stops, distances: new Int16Array(level.walls.length), offsets: neighbourOffsets(level.size) }
  fillLegs(level, target, stops, leg.distances)
  const actions: number[] = []
  for (let cell = from; cell !== target;) {
    const action = stepOnLeg(leg, cell)
    actions.push(action)
    cell += leg.offsets[action]
  }
  return actions
}
