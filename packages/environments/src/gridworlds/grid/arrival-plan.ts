import { unreachable } from './distances.ts'
import { gridActions, neighbourOffsets, type GridLevel } from './grid.ts'

/** The optimal actions in a cell: bit a is set for action a. */
export type CellPlan = (cell: number) => number

/** No action is better than another. */
export const anyAction = 2 ** gridActions.length - 1

type Arrival = {
  /** Any of these cells counts. Walls among them are never visited. */
  readonly targets: readonly number[]
  /** Cells that end the episode: no path enters them, unless one is a target. */
  readonly endings: readonly number[]
}

/**
 * Visiting one of the targets as soon as possible, and again as soon as possible until the episode ends: the optimum of
 * γ^(d − 1) for a goal that ends the episode, and of every later visit for one that does not. If no path leads to a
 * target, no action is better than another.
 */
export function planArrival(level: GridLevel, { targets, endings }: Arrival): CellPlan {
  const offsets = neighbourOffsets(level.size)
  const closed = new Uint8Array(level.walls.length)
  for (const cell of endings) closed[cell] = 1
  for (const cell of targets) closed[cell] = 0
  const distances = distancesTo(level, targets, closed)
  const movesWhere = (cell: number, good: (next: number) => boolean) =>
    offsets.reduce((bits, offset, action) => bits | (good(cell + offset) ? 1 << action : 0), 0)
  const isAt = (next: number, distance: number) => distances[next] === distance && closed[next] === 0

  return (cell) => {
    const distance = distances[cell]
    if (distance === unreachable) return anyAction
    if (distance > 0) return movesWhere(cell, (next) => isAt(next, distance - 1)) || anyAction
    const staying = movesWhere(cell, (next) => level.walls[next] === 1 || distances[next] === 0)
    return staying || movesWhere(cell, (next) => isAt(next, 1)) || anyAction
  }
}

/** Moves from every cell [(size + 2)²] to the nearest target, breadth first. Closed cells are reached, and not left. */
function distancesTo({ size, walls }: GridLevel, targets: readonly number[], closed: Uint8Array): Int16Array {
  const offsets = neighbourOffsets(size)
  const distances = new Int16Array(walls.length).fill(unreachable)
  const queue = targets.filter((cell) => walls[cell] === 0)
  for (const cell of queue) distances[cell] = 0
  for (const cell of queue) {
    if (closed[cell] === 1) continue
    for (const offset of offsets) {
      const next = cell + offset
      if (walls[next] === 1 || distances[next] !== unreachable) continue
      distances[next] = distances[cell] + 1
      queue.push(next)
    }
  }
  return distances
}
