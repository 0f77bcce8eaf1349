import type { Canvas, Paint } from '../../procgen/canvas.ts'
import type { ChannelTile, Tile, TileSet } from '../../procgen/tile-view.ts'
import { sideOf } from '../grid/grid.ts'
import { goalNavigationChannels } from './simulator.ts'
import { textures } from './textures.ts'

const floor: Paint = { thing: 'floor', rgb: [24, 24, 24] }
const wall: Paint = { thing: 'wall', rgb: [112, 112, 128] }
const agent: Paint = { thing: 'agent', rgb: [255, 255, 255] }
const target: Paint = { thing: 'goal', rgb: [255, 64, 64] }

type Pattern = readonly (readonly [x: number, y: number, width: number, height: number])[]
type Look = { readonly ground: Paint['rgb']; readonly figure: Paint['rgb']; readonly pattern: Pattern }

const looks: Readonly<Record<(typeof textures)[number], Look>> = {
  stripes: { ground: [0, 64, 128], figure: [64, 160, 224], pattern: [[0.3, 0, 0.4, 1]] },
  dots: { ground: [64, 32, 0], figure: [160, 112, 32], pattern: [[0.3, 0.3, 0.4, 0.4]] },
  checks: {
    ground: [0, 64, 0],
    figure: [64, 144, 64],
    pattern: [
      [0, 0, 0.5, 0.5],
      [0.5, 0.5, 0.5, 0.5],
    ],
  },
  bars: { ground: [80, 0, 80], figure: [160, 64, 160], pattern: [[0, 0.3, 1, 0.4]] },
  squares: { ground: [72, 72, 0], figure: [168, 168, 48], pattern: [[0, 0, 0.6, 0.6]] },
  corners: {
    ground: [0, 72, 72],
    figure: [48, 168, 168],
    pattern: [
      [0, 0, 1, 0.3],
      [0, 0, 0.3, 1],
    ],
  },
  crosses: {
    ground: [72, 24, 24],
    figure: [176, 96, 96],
    pattern: [
      [0.3, 0, 0.4, 1],
      [0, 0.3, 1, 0.4],
    ],
  },
  frames: {
    ground: [40, 40, 88],
    figure: [112, 112, 192],
    pattern: [
      [0, 0, 1, 0.25],
      [0, 0.75, 1, 0.25],
      [0, 0, 0.25, 1],
      [0.75, 0, 0.25, 1],
    ],
  },
}

function drawLook({ ground, figure, pattern }: Look): Tile {
  return (canvas: Canvas, x, y) => {
    canvas.rectangle({ thing: 'floor', rgb: ground }, x, y, 1, 1)
    for (const [left, top, width, height] of pattern)
      canvas.rectangle({ thing: 'floor', rgb: figure }, x + left, y + top, width, height)
  }
}

const tileFor = (name: (typeof goalNavigationChannels)[number], tile: Tile): ChannelTile => ({
  channel: goalNavigationChannels.indexOf(name),
  tile,
})

export function goalNavigationTiles({ size }: { readonly size: number }): TileSet {
  return {
    side: sideOf(size),
    channels: goalNavigationChannels.length,
    background: floor,
    grounds: [
      tileFor('wall', (canvas, x, y) => canvas.rectangle(wall, x, y, 1, 1)),
      ...textures.map((name) => tileFor(name, drawLook(looks[name]))),
    ],
    things: [
      tileFor('agent', (canvas, x, y) => canvas.circle(agent, x + 0.5, y + 0.5, 0.45)),
      tileFor('target', (canvas, x, y) => canvas.rectangle(target, x + 0.2, y + 0.2, 0.6, 0.6)),
    ],
  }
}
