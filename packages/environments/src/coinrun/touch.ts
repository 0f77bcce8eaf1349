import type { CellMap } from '../procgen/cell-map.ts'
import { halfHeight, halfWidth, type Bodies } from './body.ts'
import { coinBit, counterpartBit, lavaBit, sawBit } from './terrain.ts'

/** Saws and walkers are as large as their cell, and touch what is nearer than this. */
export const touchX = halfWidth + 0.5
export const touchY = halfHeight + 0.5
/** Lava and coins touch a box that is this much smaller. */
const slack = 0.001
const [reachX, reachY] = [halfWidth - slack, halfHeight - slack]

const apart = lavaBit | coinBit | counterpartBit

type Cells = Pick<CellMap, 'cells' | 'stride'>

/** The bits of lava, saws and coins that a body touches; `first` is the index of its level's cell (0, 0). */
export function touchedBits(map: Cells, bodies: Bodies, index: number, first: number): number {
  const x = bodies.x[index]
  const y = bodies.y[index]
  const left = Math.floor(x + 0.5 - touchX)
  const right = Math.ceil(x - 0.5 + touchX) - 1
  const near = bitsIn(map, first, left, right, Math.floor(y + 0.5 - touchY), Math.ceil(y - 0.5 + touchY) - 1)
  if ((near & (apart | sawBit)) === 0) return 0
  const narrow = Math.floor(x - reachX)
  const inside = bitsIn(map, first, narrow, Math.floor(x + reachX), Math.floor(y - reachY), Math.floor(y + reachY))
  return (near & sawBit) | (inside & apart)
}

function bitsIn(
  { cells, stride }: Cells,
  first: number,
  left: number,
  right: number,
  bottom: number,
  top: number,
): number {
  let bits = 0
  for (let row = bottom; row <= top; row++)
    for (let column = left; column <= right; column++) bits |= cells[first + row * stride + column]
  return bits
}
