/** What can be in a cell, beside the two coins and the walkers. */
export const tile = {
  empty: 0,
  wall: 1,
  /** Only supports what falls on it. */
  crate: 2,
  lava: 3,
  saw: 4,
  /** Invisible; walkers turn there. */
  barrier: 5,
  /** Looks like wall and stops nobody. */
  permeable: 6,
} as const

export type Walker = { readonly cell: number; readonly right: boolean }

/** Cells are numbered row by row from the bottom left: cell = row · width + column. Above the top row it goes on. */
export type CoinrunLevel = {
  readonly width: number
  readonly height: number
  /** [height × width] values of `tile`. */
  readonly tiles: Uint8Array
  readonly coin: number
  /** The invisible coin. */
  readonly counterpart: number
  /** Whether the coin is at the end of the level; else its counterpart is. */
  readonly coinAtEnd: boolean
  /** Whether the agent sees and steers it in a mirror, so that it runs to the left. Cells are numbered as without. */
  readonly mirrored: boolean
  readonly walkers: readonly Walker[]
}

/** Sizes that fit a simulator; Procgen's world is 64 × 64, and generated levels stay below 40 rows. */
export const maxWidth = 64
export const maxHeight = 40
export const maxWalkers = 64

/** Where every episode starts: column and row. */
export const startColumn = 1
export const startRow = 1

/** The cell where the level ends. */
export function endOf({ coin, counterpart, coinAtEnd }: CoinrunLevel): number {
  return coinAtEnd ? coin : counterpart
}
