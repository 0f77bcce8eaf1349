import { unreachable } from '../gridworld/distances.ts'
import { neighbourOffsets, type GridLevel } from '../gridworld/grid.ts'

/**
 * Writes the moves from cell `from` to every cell into `distances` [(size + 2)²]. Cells whose `stops` is 1 are reached, but
 * no path leads through them; `from` itself does not stop.
 */
export function fillLegs(level: GridLevel, from: number, stops: Uint8Array, distances: Int16Array): void {
  const { size, walls } = level
  const offsets = neighbourOffsets(size)
  const queue = [from]
  distances.fill(unreachable)
  distances[from] = 0
  for (let head = 0; head < queue.length; head++) {
    if (head > 0 && stops[queue[head]] === 1) continue
    const next = distances[queue[head]] + 1
    for (let action = 0; action < 4; action++) {
      const cell = queue[head] + offsets[action]
      if (walls[cell] === 1 || distances[cell] >= 0) continue
      distances[cell] = next
      queue.push(cell)
    }
  }
}

/** The actions of a shortest such path to `target`, which must be reachable. Of equally short ones, the first by action. */
export function legActions(level: GridLevel, from: number, target: number, stops: Uint8Array): number[] {
  const offsets = neighbourOffsets(level.size)
  const distances = new Int16Array(level.walls.length)
  // Walked backwards the way is the same, and what stops on it too.
  fillLegs(level, target, stops, distances)
  const actions: number[] = []
  for (let cell = from; cell !== target;) {
    const nearer = distances[cell] - 1
    const passes = (next: number) => distances[next] === nearer && (stops[next] === 0 || next === target)
    const action = offsets.findIndex((offset) => passes(cell + offset))
    actions.push(action)
    cell += offsets[action]
  }
  return actions
}
