import type { Rng } from '@goalpost/random'
import { borderedGrid, cellAt } from './grid.ts'

const interiors = new Map<number, Uint8Array>()

/** Each interior cell is a wall with the given probability, independently; (size + 2)² cells with the border. */
export function drawWalls(size: number, wallProbability: number, random: Rng): Uint8Array {
  const walls = borderedGrid(size)
  const interior = interiors.get(size) ?? new Uint8Array(size * size)
  interiors.set(size, interior)
  random.fillBits(interior, wallProbability)
  for (let row = 0, from = 0; row < size; row++)
    for (let cell = cellAt(size, row + 1, 1), end = cell + size; cell < end; cell++) walls[cell] = interior[from++]
  return walls
}

/** Enough that with a quarter of walls the slow path is taken once in 10¹⁹ draws. */
const quickTries = 32

/**
 * A uniformly drawn free cell other than `except` and `besides` (−1: no exception). If there is none, a uniformly drawn
 * wall is opened instead, so that every parameter setting has levels.
 */
export function drawFreeCell(walls: Uint8Array, size: number, random: Rng, except = -1, besides = -1): number {
  for (let tries = 0; tries < quickTries; tries++) {
    const cell = drawInteriorCell(size, random)
    if (walls[cell] === 0 && cell !== except && cell !== besides) return cell
  }
  // Rejection and counting are both uniform on the same cells, and so is their combination.
  const free = [...walls.keys()].filter((cell) => walls[cell] === 0 && cell !== except && cell !== besides)
  return free.length > 0 ? free[random.integer(free.length)] : openWall(walls, size, random)
}

/** The caller guarantees a wall: every grid has more cells than a level has exceptions. */
function openWall(walls: Uint8Array, size: number, random: Rng): number {
  let cell = drawInteriorCell(size, random)
  while (walls[cell] === 0) cell = drawInteriorCell(size, random)
  walls[cell] = 0
  return cell
}

/** Uniform; it may be a wall. */
export function drawInteriorCell(size: number, random: Rng): number {
  const index = random.integer(size * size)
  const row = Math.floor(index / size)
  return cellAt(size, 1 + row, 1 + index - row * size)
}

/**
 * Uniformly drawn free cells, all different, in the order of drawing. If too few are free, uniformly drawn walls are
 * opened for the others. Throws a RangeError if the grid has fewer cells.
 */
export function drawFreeCells(walls: Uint8Array, size: number, random: Rng, count: number): number[] {
  if (count > size * size) throw new RangeError(`${count} cells do not fit into ${size} × ${size}`)
  const cells: number[] = []
  for (let tries = 0; cells.length < count && tries < count * quickTries; tries++) {
    const cell = drawInteriorCell(size, random)
    // They are few: searching them is cheaper than a map of them.
    if (walls[cell] === 0 && !cells.includes(cell)) cells.push(cell)
  }
  while (cells.length < count) cells.push(drawScarceCell(walls, cells, random))
  return cells
}

/** In place. For so few, several times as fast as `sort`. */
export function sortCells(cells: number[]): number[] {
  for (let i = 1; i < cells.length; i++) {
    const cell = cells[i]
    let at = i
    for (; at > 0 && cells[at - 1] > cell; at--) cells[at] = cells[at - 1]
    cells[at] = cell
  }
  return cells
}

/** A cell that is neither wall nor taken; if there is none, an opened wall of the interior. */
function drawScarceCell(walls: Uint8Array, taken: readonly number[], random: Rng): number {
  const side = Math.sqrt(walls.length)
  const interior = [...walls.keys()].filter((cell) => !onBorder(cell, side))
  const free = interior.filter((cell) => walls[cell] === 0 && !taken.includes(cell))
  const choices = free.length > 0 ? free : interior.filter((cell) => walls[cell] === 1)
  const cell = choices[random.integer(choices.length)]
  walls[cell] = 0
  return cell
}

function onBorder(cell: number, side: number): boolean {
  const row = Math.floor(cell / side)
  const column = cell - row * side
  return row === 0 || column === 0 || row === side - 1 || column === side - 1
}
