import type { ImageShape } from './network-spec.ts'

/** The channels of a bit image, told apart by what they hold. */
export type Planes = {
  /** Whole observations. */
  readonly image: ImageShape
  /** Cells cut off on every side. */
  readonly crop: number
  /** Channels of any number of cells. */
  readonly dense: readonly number[]
  /** Channels of at most one cell. */
  readonly oneHot: readonly number[]
}

/** Those that a position takes, low one first: it may be the number of cells, for none of them. */
export function positionBytes(cells: number): 1 | 2 {
  return cells < 256 ? 1 : 2
}
