import { stay } from '@goalpost/environments'
import type { ScriptedWorld } from './scripted-policy.ts'

const nowhere = -1
const unreachable = -1

/** What one slot's observation shows of a maze. Cells are numbered row by row, border included. */
export type MazeView = {
  readonly slot: number
  readonly side: number
  readonly mouse: number
  /** −1 where none is seen. */
  readonly cheese: number
  isWall(cell: number): boolean
  isLava(cell: number): boolean
}

/** Reads mazes out of observations, by the names of their channels. */
export function createMazeReader({ environment, parameters }: ScriptedWorld) {
  const { shape, channels } = environment.observation(parameters as never)
  const [side, , depth] = shape
  const [wall, mouse, cheese, lava] = ['wall', 'mouse', 'cheese', 'lava'].map((name) => channels.indexOf(name))
  return (observations: Uint8Array, slot: number): MazeView => {
    const seen = observations.subarray(slot * side * side * depth, (slot + 1) * side * side * depth)
    const find = (channel: number) => {
      for (let cell = 0; cell < side * side; cell++) if (seen[cell * depth + channel] === 1) return cell
      return nowhere
    }
    return {
      slot,
      side,
      mouse: find(mouse!),
      cheese: find(cheese!),
      isWall: (cell) => seen[cell * depth + wall!] === 1,
      isLava: (cell) => lava !== -1 && seen[cell * depth + lava!] === 1,
    }
  }
}

export const offsetsOf = (side: number) => [-side, -1, side, 1] as const
export const topLeft = (side: number) => side + 1
export const bottomRight = (side: number) => (side - 1) * side - 2

/** Moves from every cell to `target`, −1 where there is no way. `closed` cells are not entered, but for the target. */
export function distancesTo(
  view: MazeView,
  target: number,
  closed: (cell: number) => boolean = () => false,
): Int16Array {
  const distances = new Int16Array(view.side ** 2).fill(unreachable)
  if (target === nowhere || view.isWall(target)) return distances
  distances[target] = 0
  const queue = [target]
  for (const cell of queue)
    for (const offset of offsetsOf(view.side)) {
      const next = cell + offset
      if (view.isWall(next) || distances[next] !== unreachable || closed(next)) continue
      distances[next] = distances[cell]! + 1
      queue.push(next)
    }
  return distances
}

/** The first step of a shortest way; `stay` at its end, and where there is none. */
export function stepDown(view: MazeView, distances: Int16Array): number {
  const nearer = distances[view.mouse]! - 1
  if (nearer < 0) return stay
  return offsetsOf(view.side).findIndex((offset) => distances[view.mouse + offset] === nearer)
}
