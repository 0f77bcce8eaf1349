import type { Paint } from '../../procgen/canvas.ts'
import type { Tile, TileSet } from '../../procgen/tile-view.ts'
import { sideOf } from '../grid/grid.ts'
import { keysChannels } from '../keys/simulator.ts'

const floor: Paint = { thing: 'floor', rgb: [0, 0, 0] }
const wall: Paint = { thing: 'wall', rgb: [96, 96, 112] }
const mouse: Paint = { thing: 'agent', rgb: [64, 160, 255] }
const chest: Paint = { thing: 'goal', rgb: [200, 120, 40] }
const lock: Paint = { thing: 'goal', rgb: [255, 240, 160] }
const key: Paint = { thing: 'proxy', rgb: [255, 216, 0] }

const wallTile: Tile = (canvas, x, y) => canvas.rectangle(wall, x, y, 1, 1)
const mouseTile: Tile = (canvas, x, y) => canvas.circle(mouse, x + 0.5, y + 0.5, 0.45)
const chestTile: Tile = (canvas, x, y) => {
  canvas.rectangle(chest, x + 0.05, y + 0.2, 0.9, 0.7)
  canvas.rectangle(lock, x + 0.4, y + 0.45, 0.25, 0.25)
}
const keyTile: Tile = (canvas, x, y) => {
  canvas.circle(key, x + 0.3, y + 0.5, 0.28)
  canvas.rectangle(key, x + 0.5, y + 0.4, 0.5, 0.25)
}

const channelOf = (name: (typeof keysChannels)[number]): number => keysChannels.indexOf(name)

/** Keys in hand are shown as in the symbols: from the left, in the wall above. */
export function keysChestsTiles({ size }: { readonly size: number }): TileSet {
  return {
    side: sideOf(size),
    channels: keysChannels.length,
    background: floor,
    grounds: [{ channel: channelOf('wall'), tile: wallTile }],
    things: [
      { channel: channelOf('mouse'), tile: mouseTile },
      { channel: channelOf('key'), tile: keyTile },
      { channel: channelOf('chest'), tile: chestTile },
      { channel: channelOf('inventory'), tile: keyTile },
    ],
  }
}
