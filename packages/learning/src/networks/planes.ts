import type { ImageShape } from './network-spec.ts'

/** The channels of a bit image, by their content. */
export type Planes = {
  /** Whole observations. */
  readonly image: ImageShape
  /** Cells cut off on every side. */
  readonly crop: number
  /** Channels of any number of cells. Those neither here nor below are left out. */
  readonly dense: readonly number[]
  /** Channels of at most one cell. */
  readonly oneHot: readonly number[]
}

/** Bytes of a position, low one first: it may equal the number of cells, which means no cell. */
export function positionBytes(cells: number): 1 | 2 {
  return cells < 256 ? 1 : 2
}
