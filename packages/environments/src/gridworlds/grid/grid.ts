import type { Action } from '../../environment.ts'

/**
 * A square grid of cells inside a border of wall. Cells are numbered row by row, border included, so that a grid of
 * interior side `size` has (size + 2)² of them, and (1, 1) is the top-left interior cell.
 */
export type GridLevel = {
  /** Side of the interior, without the border. */
  readonly size: number
  /** [(size + 2)²] 1 where there is a wall. The border is all wall, so that no move ever leaves the array. */
  readonly walls: Uint8Array
}

export const gridActions = ['up', 'left', 'down', 'right'] as const

export const gridMoves: readonly Action[] = gridActions.map((name) => ({
  name,
  description: name === 'up' || name === 'down' ? `one cell ${name}` : `one cell to the ${name}`,
}))

/** Cells along one side, border included. */
export const sideOf = (size: number): number => size + 2

export const cellAt = (size: number, row: number, column: number): number => row * sideOf(size) + column

export function rowAndColumn(size: number, cell: number): [row: number, column: number] {
  return [Math.floor(cell / sideOf(size)), cell % sideOf(size)]
}

type Offsets = readonly [up: number, left: number, down: number, right: number]

const offsets = new Map<number, Offsets>()

/** By action, the number to add to a cell to get its neighbour. Used in every search: made once for each size. */
export function neighbourOffsets(size: number): Offsets {
  const known = offsets.get(size)
  if (known !== undefined) return known
  const side = sideOf(size)
  const made: Offsets = [-side, -1, side, 1]
  offsets.set(size, made)
  return made
}

/** A new grid without walls in its interior. */
export function borderedGrid(size: number): Uint8Array {
  const border = borders.get(size) ?? drawBorder(size)
  borders.set(size, border)
  const walls = createCells(border.length)
  walls.set(border)
  return walls
}

const borders = new Map<number, Uint8Array>()

function drawBorder(size: number): Uint8Array {
  const last = sideOf(size) - 1
  return Uint8Array.from({ length: sideOf(size) ** 2 }, (_, cell) => {
    const [row, column] = rowAndColumn(size, cell)
    return row === 0 || column === 0 || row === last || column === last ? 1 : 0
  })
}

const slabBytes = 8_192
let slab = new ArrayBuffer(slabBytes)
let taken = 0

/**
 * [count] zeros. Levels are drawn by the hundred thousand, and a separate buffer costs more than all walls of a level:
 * small arrays share one.
 */
export function createCells(count: number): Uint8Array {
  if (count > slabBytes / 8) return new Uint8Array(count)
  if (taken + count > slabBytes) {
    slab = new ArrayBuffer(slabBytes)
    taken = 0
  }
  taken += count
  return new Uint8Array(slab, taken - count, count)
}
