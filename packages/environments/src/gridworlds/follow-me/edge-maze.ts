import type { Rng } from '@goalpost/random'
import { createCells, sideOf } from '../grid/grid.ts'

/**
 * [(size + 2)²] walls of a maze. Junctions are the cells of odd row and column, border counted. Neighbouring ones are
 * connected with the given probability, independently. Everything else is wall. `size` is odd.
 */
export function drawEdgeMaze(size: number, edgeProbability: number, random: Rng): Uint8Array {
  const side = sideOf(size)
  const walls = createCells(side * side).fill(1)
  const threshold = edgeProbability * 2 ** 32
  for (let row = 1; row <= size; row += 2)
    for (let column = 1; column <= size; column += 2) {
      const cell = row * side + column
      walls[cell] = 0
      if (column < size && random.word() < threshold) walls[cell + 1] = 0
      if (row < size && random.word() < threshold) walls[cell + side] = 0
    }
  return walls
}
