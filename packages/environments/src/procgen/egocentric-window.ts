import type { CellMap } from './cell-map.ts'

/** Channels of a window: one cell is then eight bytes, copied as one number. */
export const windowChannels = 8

/** Where squares of cells around agents are copied to: observations [slots × side × side × 8], top row first. */
export type EgocentricWindow = {
  readonly cells: Uint8Array
  readonly stride: number
  readonly side: number
  /** The observations, a number for the eight bytes of each cell. */
  readonly words: Float64Array
  /** By the bits of a cell: its eight bytes. None of them is a NaN, whose bits might change on the way. */
  readonly bytes: Float64Array
}

type View = {
  readonly map: Pick<CellMap, 'cells' | 'stride'>
  readonly observations: Uint8Array
  /** Odd. */
  readonly side: number
  /** Bits that are shown; the channels of the others are 0. */
  readonly visible: number
}

/** `observations` must begin at a multiple of eight bytes of its buffer. */
export function createEgocentricWindow({ map, observations, side, visible }: View): EgocentricWindow {
  const words = new Float64Array(observations.buffer, observations.byteOffset, observations.length / windowChannels)
  const bytes = Uint8Array.from({ length: 256 * windowChannels }, (_, at) =>
    spread(Math.floor(at / windowChannels) & visible, at % windowChannels),
  )
  return { cells: map.cells, stride: map.stride, side, words, bytes: new Float64Array(bytes.buffer) }
}

function spread(bits: number, channel: number): number {
  return (bits >> channel) & 1
}

/** `centre` is an index in the map. With `direction` −1, left and right are exchanged. */
export function copyWindow(window: EgocentricWindow, slot: number, centre: number, direction: 1 | -1): void {
  const { cells, stride, side, words, bytes } = window
  const reach = (side - 1) / 2
  let to = slot * side * side
  for (let row = reach; row >= -reach; row--) {
    let from = centre + row * stride - direction * reach
    for (const end = to + side; to < end; to++, from += direction) words[to] = bytes[cells[from]]
  }
}
