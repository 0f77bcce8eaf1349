/**
 * The cells of many levels, one byte of bits each, with a border so wide that every window around an agent lies inside.
 * Row 0 is the bottom row. Bits 0 to 7 become the first eight channels of windows.
 */
export type CellMap = {
  /** Cells from one row to the next. */
  readonly stride: number
  readonly cells: Uint8Array
  /** Index of the cell in column `x` and row `y` of a slot's level; −border ≤ x < width + border, likewise y. */
  at(slot: number, x: number, y: number): number
}

type Extent = {
  readonly slots: number
  readonly width: number
  readonly height: number
  readonly border: number
}

export function createCellMap({ slots, width, height, border }: Extent): CellMap {
  const stride = width + 2 * border
  const size = stride * (height + 2 * border)
  return {
    stride,
    cells: new Uint8Array(slots * size),
    at: (slot, x, y) => slot * size + (y + border) * stride + x + border,
  }
}
