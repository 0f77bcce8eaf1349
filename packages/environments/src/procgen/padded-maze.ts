import type { Rng } from '@goalpost/random'
import { cellAt, createCells, sideOf } from '../gridworlds/grid/grid.ts'
import { drawKruskalMaze } from './kruskal-maze.ts'

/** The walls of a grid with a maze of odd side in its middle, padded with wall. */
export function drawPaddedMaze(size: number, side: number, random: Rng): Uint8Array {
  const walls = createCells(sideOf(size) ** 2).fill(1)
  const maze = drawKruskalMaze(side, random)
  const corner = 1 + (size - side) / 2
  for (let row = 0; row < side; row++)
    walls.set(maze.subarray(row * side, (row + 1) * side), cellAt(size, corner + row, corner))
  return walls
}
