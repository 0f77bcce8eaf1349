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

/**
 * A uniformly drawn free cell other than `except` and `besides` (−1: no exception). Where there is none, a uniformly
 * drawn wall is opened instead, so that every parameter setting has levels.
 */
export function drawFreeCell(walls: Uint8Array, size: number, random: Generator, except = -1, besides = -1): number {
  let free = 0
  for (let cell = 0; cell < walls.length; cell++) {
    if (walls[cell] === 0 && cell !== except && cell !== besides) free++
  }
  if (free === 0) return openWall(walls, size, random)
  let left = random.integer(free)
  for (let cell = 0; ; cell++) {
    if (walls[cell] === 0 && cell !== except && cell !== besides && left-- === 0) return cell
  }
}

function openWall(walls: Uint8Array, size: number, random: Generator): number {
  for (;;) {
    const index = random.integer(size * size)
    const cell = cellAt(size, 1 + Math.floor(index / size), 1 + (index % size))
    if (walls[cell] === 0) continue
    walls[cell] = 0
    return cell
  }
}
