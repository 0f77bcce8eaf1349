import { createCellMap, type CellMap } from '../procgen/cell-map.ts'
import { maxHeight, maxWidth, tile, type CoinrunLevel } from './level.ts'

/** Bits of a cell. Those up to `coinBit` are channels of the agent's window, except for the barrier and solidity. */
export const [wallBit, crateBit, lavaBit, sawBit, barrierBit, solidBit, coinBit, counterpartBit] = [
  1, 2, 4, 8, 16, 32, 64, 128,
]
export const visibleBits = wallBit | crateBit | lavaBit | sawBit | coinBit

/** By tile. */
const bitsOf = new Uint8Array(7)
bitsOf[tile.wall] = wallBit | solidBit
bitsOf[tile.crate] = crateBit
bitsOf[tile.lava] = lavaBit
bitsOf[tile.saw] = sawBit
bitsOf[tile.barrier] = barrierBit
bitsOf[tile.permeable] = wallBit

/** Cells that an agent can see in each direction. */
export const sight = 6
/** An agent's height above what it stands on, at most, rounded up: a jump of 6.4 cells and the half of its box. */
const headroom = 8

export function createTerrain(slots: number): CellMap {
  return createCellMap({ slots, width: maxWidth, height: maxHeight + headroom, border: sight + 1 })
}

/** Puts a level into a slot. Around it everything is wall; above it, its top row goes on. */
export function layTerrain(map: CellMap, slot: number, level: CoinrunLevel): void {
  const { cells, stride } = map
  const { width, height, tiles, coin, counterpart } = level
  const first = map.at(slot, 0, 0)
  cells.fill(bitsOf[tile.wall], map.at(slot, -sight - 1, -sight - 1), map.at(slot, maxWidth + sight, height - 1) + 1)
  for (let row = 0, cell = 0; row < height; row++)
    for (let column = 0; column < width; column++, cell++) cells[first + row * stride + column] = bitsOf[tiles[cell]]
  cells[first + indexIn(level, stride, coin)] |= coinBit
  cells[first + indexIn(level, stride, counterpart)] |= counterpartBit
  const top = first + (height - 1) * stride
  for (let row = 1; row <= headroom + sight; row++)
    cells.copyWithin(top + row * stride - sight - 1, top - sight - 1, top + maxWidth + sight + 1)
}

function indexIn({ width }: CoinrunLevel, stride: number, cell: number): number {
  return Math.floor(cell / width) * stride + (cell % width)
}
