import type { CellMap } from './cell-map.ts'

/** Channels of a window: one cell is then two 32-bit words, which is what makes copying fast. */
export const windowChannels = 8

/** Copies the square of cells around an agent into observations [slots × side × side × 8], top row first. */
export type EgocentricWindow = {
  /** `centre`: index in the map. Cells hold the bits of the map that `visible` has. */
  copy(slot: number, centre: number): void
  /** The same with left and right exchanged. */
  copyMirrored(slot: number, centre: number): void
}

type View = {
  readonly map: Pick<CellMap, 'cells' | 'stride'>
  readonly observations: Uint8Array
  /** Odd. */
  readonly side: number
  /** Bits that are shown; the channels of the others are 0. */
  readonly visible: number
}

/** `observations` must begin at a multiple of four bytes of its buffer. */
export function createEgocentricWindow({ map, observations, side, visible }: View): EgocentricWindow {
  const words = new Uint32Array(observations.buffer, observations.byteOffset, observations.length / 4)
  const { cells, stride } = map
  const reach = (side - 1) / 2
  const low = Uint32Array.from({ length: 256 }, (_, bits) => spread(bits & visible))
  const high = Uint32Array.from({ length: 256 }, (_, bits) => spread((bits & visible) >> 4))
  function copyFrom(slot: number, centre: number, direction: 1 | -1): void {
    let to = slot * side * side * 2
    for (let row = reach; row >= -reach; row--) {
      let from = centre + row * stride - direction * reach
      for (let column = 0; column < side; column++, to += 2, from += direction) {
        const bits = cells[from]
        words[to] = low[bits]
        words[to + 1] = high[bits]
      }
    }
  }
  return {
    copy: (slot, centre) => copyFrom(slot, centre, 1),
    copyMirrored: (slot, centre) => copyFrom(slot, centre, -1),
  }
}

/** Bits 0 to 3 as one byte each, the lowest first in memory (every supported machine is little-endian). */
function spread(bits: number): number {
  return (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21)
}
