import type { Rng } from '@goalpost/random'
import { drawInteriorCell } from './draw-level.ts'
import { createCells, type GridLevel } from './grid.ts'

/** Adds or removes a wall on a uniformly drawn cell. `taken`: cells that hold something, and stay free. */
export function toggleWall<Level extends GridLevel>(level: Level, taken: readonly number[], random: Rng): Level {
  if (taken.length >= level.size ** 2) return level
  const walls = copyWalls(level)
  const cell = drawAnyCell(level.size, taken, random)
  walls[cell] = 1 - walls[cell]
  return { ...level, walls }
}

/** A uniformly drawn cell of the interior, wall or not, that is not taken. */
export function drawAnyCell(size: number, taken: readonly number[], random: Rng): number {
  let cell = drawInteriorCell(size, random)
  while (taken.includes(cell)) cell = drawInteriorCell(size, random)
  return cell
}

/** The walls without those on the given cells. */
export function openCells(level: GridLevel, ...cells: readonly number[]): Uint8Array {
  const walls = copyWalls(level)
  for (const cell of cells) walls[cell] = 0
  return walls
}

function copyWalls({ walls }: GridLevel): Uint8Array {
  const copy = createCells(walls.length)
  copy.set(walls)
  return copy
}
