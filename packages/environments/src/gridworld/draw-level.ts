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

/**
 * Uniformly drawn free cells, all different, in the order of drawing. Where too few are free, uniformly drawn walls are
 * opened for the others. Throws a RangeError where the grid has fewer cells.
 */
export function drawFreeCells(walls: Uint8Array, size: number, random: Generator, count: number): number[] {
  if (count > size * size) throw new RangeError(`${count} cells do not fit into ${size} × ${size}`)
  const taken = walls.slice()
  const cells: number[] = []
  for (let tries = 0; cells.length < count && tries < count * quickTries; tries++) {
    const cell = drawInteriorCell(size, random)
    if (taken[cell] === 1) continue
    taken[cell] = 1
    cells.push(cell)
  }
  while (cells.length < count) cells.push(drawScarceCell(walls, taken, random))
  return cells
}

/** One of the cells that are neither wall nor taken; where there is none, one of the walls of the interior, opened. */
function drawScarceCell(walls: Uint8Array, taken: Uint8Array, random: Generator): number {
  const side = Math.sqrt(walls.length)
  const interior = [...walls.keys()].filter((cell) => !onBorder(cell, side))
  const free = interior.filter((cell) => taken[cell] === 0)
  const choices = free.length > 0 ? free : interior.filter((cell) => walls[cell] === 1)
  const cell = choices[random.integer(choices.length)]
  walls[cell] = 0
  taken[cell] = 1
  return cell
}

function onBorder(cell: number, side: number): boolean {
  const row = Math.floor(cell / side)
  const column = cell - row * side
  return row === 0 || column === 0 || row === side - 1 || column === side - 1
}
