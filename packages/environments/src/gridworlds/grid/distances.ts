import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/** Cells that no path reaches. */
export const unreachable = -1

const queues = new Map<number, Int16Array>()

/**
 * Writes the number of moves from every cell to `target` into `distances` [(size + 2)²], breadth first; walls, and
 * cells that no path connects with the target, get `unreachable`. No path enters `avoid` (−1: no such cell), unless
 * that is the target.
 */
export function fillDistances(level: GridLevel, target: number, avoid: number, distances: Int16Array): void {
  const { size, walls } = level
  const offsets = neighbourOffsets(size)
  const queue = queueFor(size)
  distances.fill(unreachable)
  if (walls[target] === 1) return
  distances[target] = 0
  queue[0] = target
  let queued = 1
  for (let head = 0; head < queued; head++) {
    const next = distances[queue[head]] + 1
    for (let action = 0; action < 4; action++) {
      const cell = queue[head] + offsets[action]
      if (walls[cell] === 1 || distances[cell] >= 0 || cell === avoid) continue
      distances[cell] = next
      queue[queued++] = cell
    }
  }
}

/** Moves on the shortest path between two cells, or `unreachable`. `avoid` as for `fillDistances`. */
export function shortestPath(level: GridLevel, from: number, target: number, avoid: number): number {
  const distances = scratchFor(level.size)
  fillDistances(level, target, avoid, distances)
  return distances[from]
}

const scratches = new Map<number, Int16Array>()

// Every search overwrites both, and they are not read after it: one per size is enough, and searching allocates
// nothing.
export const queueFor = (size: number): Int16Array => arrayFor(queues, size)
const scratchFor = (size: number) => arrayFor(scratches, size)

function arrayFor(arrays: Map<number, Int16Array>, size: number): Int16Array {
  const known = arrays.get(size)
  if (known !== undefined) return known
  const array = new Int16Array(sideOf(size) ** 2)
  arrays.set(size, array)
  return array
}
