import { borderedGrid, cellAt, type GridLevel } from '../grid/grid.ts'

const arenas = new Map<number, Uint8Array>()

/** The walls of every level that has none in its interior: one shared array, never changed. */
export function arenaWalls(size: number): Uint8Array {
  const walls = arenas.get(size) ?? borderedGrid(size)
  arenas.set(size, walls)
  return walls
}

export function isArena({ size, walls }: GridLevel): boolean {
  if (walls === arenas.get(size)) return true
  for (let row = 1; row <= size; row++)
    for (let column = 1; column <= size; column++) if (walls[cellAt(size, row, column)] === 1) return false
  return true
}
