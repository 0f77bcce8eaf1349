import type { Generator } from '@goalpost/random'
import { borderedGrid, cellAt, sideOf } from './grid.ts'

/** Each interior cell is a wall with the given probability, independently; (size + 2)² cells with the border. */
export function drawWalls(size: number, wallProbability: number, random: Generator): Uint8Array {
  const walls = borderedGrid(size)
  const side = sideOf(size)
  const threshold = wallProbability * 2 ** 32
  for (let row = 1; row <= size; row++) {
    const start = row * side + 1
    for (let cell = start; cell < start + size; cell++) walls[cell] = random.word() < threshold ? 1 : 0
  }
  return walls
}

/** Enough that with a quarter of walls the slow way is taken once in 10¹⁹ draws. */
const quickTries = 32

/**
 * A uniformly drawn free cell other than `except` and `besides` (−1: no exception). Where there is none, a uniformly
 * drawn wall is opened instead, so that every parameter setting has levels.
 */
export function drawFreeCell(walls: Uint8Array, size: number, random: Generator, except = -1, besides = -1): number {
  for (let tries = 0; tries < quickTries; tries++) {
    const cell = drawInteriorCell(size, random)
    if (walls[cell] === 0 && cell !== except && cell !== besides) return cell
  }
  // Rejection and counting are both uniform on the same cells, and so is what the two of them give together.
  const free = [...walls.keys()].filter((cell) => walls[cell] === 0 && cell !== except && cell !== besides)
  return free.length > 0 ? free[random.integer(free.length)] : openWall(walls, size, random)
}

/** Whoever calls it knows that there is a wall: every grid has more cells than a level has exceptions. */
function openWall(walls: Uint8Array, size: number, random: Generator): number {
  let cell = drawInteriorCell(size, random)
  while (walls[cell] === 0) cell = drawInteriorCell(size, random)
  walls[cell] = 0
  return cell
}

function drawInteriorCell(size: number, random: Generator): number {
  const index = random.integer(size * size)
  const row = Math.floor(index / size)
  return cellAt(size, 1 + row, 1 + index - row * size)
}
