import { maxHeight, maxWidth, tile, type CoinrunLevel } from '../../packages/environments/src/coinrun/level.ts'

/** An episode as `follow` prints it: benchmarks/peers/procgen/follow.cpp. */
export type FollowedEpisode = {
  readonly grid: readonly number[]
  readonly entities: readonly (readonly [type: number, x: number, y: number, vx: number])[]
  readonly steps: readonly FollowedStep[]
}

export type FollowedStep = readonly [
  action: number,
  coin: number,
  ended: number,
  agent?: readonly [x: number, y: number, vx: number, vy: number],
  walkers?: readonly (readonly [x: number, y: number, vx: number])[],
]

/** Procgen's numbers (`coinrun.cpp`) and our tiles, of cells and of entities. */
const coinCell = 1
const cells: Readonly<Record<number, number>> = {
  15: tile.wall,
  16: tile.wall,
  17: tile.lava,
  18: tile.lava,
  19: tile.barrier,
}
const [sawEntity, walkerEntity, crateEntity] = [2, 5, 20]

/**
 * Procgen's level as one of ours, with the walkers in Procgen's order, and our own counterpart of the coin where the agent
 * starts. Rows that ours lacks are like the highest one.
 */
export function readLevel({ grid, entities }: FollowedEpisode): CoinrunLevel {
  const tiles = Uint8Array.from({ length: maxWidth * maxHeight }, (_, cell) => cells[grid[cell]] ?? tile.empty)
  const place = (x: number, y: number) => Math.floor(y) * maxWidth + Math.floor(x)
  for (const [type, x, y] of entities) {
    if (type === sawEntity) tiles[place(x, y)] = tile.saw
    if (type === crateEntity) tiles[place(x, y)] = tile.crate
  }
  const walkers = entities
    .filter(([type]) => type === walkerEntity)
    .map(([, x, y, vx]) => ({ cell: place(x, y), right: vx > 0 }))
  const start = maxWidth + 1
  return {
    width: maxWidth,
    height: maxHeight,
    tiles,
    coin: grid.indexOf(coinCell),
    counterpart: start,
    coinAtEnd: true,
    mirrored: false,
    walkers,
  }
}
