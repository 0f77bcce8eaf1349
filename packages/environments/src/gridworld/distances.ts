import { neighbourOffsets, sideOf, type GridLevel } from './grid.ts'

/** Cells that no path reaches. */
export const unreachable = -1

const queues = new Map<number, Int16Array>()

/**
 * Writes the number of moves from every cell to `target` into `distances` [(size + 2)²], breadth first; walls, and cells
 * that no path connects with the target, get `unreachable`. A path may start in `avoid` (−1: nowhere), but not cross it.
 */
export function fillDistances(level: GridLevel, target: number, avoid: number, distances: Int16Array): void {
  const { size, walls } = level
  const [up, left, down, right] = neighbourOffsets(size)
  const queue = queueFor(size)
  distances.fill(unreachable)
  if (walls[target] === 1) return
  distances[target] = 0
  queue[0] = target
  let queued = 1
  for (let head = 0; head < queued; head++) {
    const cell = queue[head]
    if (cell === avoid && cell !== target) continue
    const next = distances[cell] + 1
    if (walls[cell + up] === 0 && distances[cell + up] < 0) {
      distances[cell + up] = next
      queue[queued++] = cell + up
    }
    if (walls[cell + left] === 0 && distances[cell + left] < 0) {
      distances[cell + left] = next
      queue[queued++] = cell + left
    }
    if (walls[cell + down] === 0 && distances[cell + down] < 0) {
      distances[cell + down] = next
      queue[queued++] = cell + down
    }
    if (walls[cell + right] === 0 && distances[cell + right] < 0) {
      distances[cell + right] = next
      queue[queued++] = cell + right
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

// Both are overwritten by every call and never handed out: one per size is enough, and solving allocates nothing.
const queueFor = (size: number) => arrayFor(queues, size)
const scratchFor = (size: number) => arrayFor(scratches, size)

function arrayFor(arrays: Map<number, Int16Array>, size: number): Int16Array {
  const known = arrays.get(size)
  if (known !== undefined) return known
  const array = new Int16Array(sideOf(size) ** 2)
  arrays.set(size, array)
  return array
}
