import type { ObservationSpec, Simulator } from '../environment.ts'
import type { Canvas, Paint } from './canvas.ts'
import { createRaster } from './raster.ts'

/** Draws one cell, a unit square with its top left corner at (x, y). */
export type Tile = (canvas: Canvas, x: number, y: number) => void

/** How the cells of a grid look, by the channels of its symbolic observation. */
export type TileSet = {
  /** Cells along one side of the grid, border included. */
  readonly side: number
  readonly channels: number
  readonly background: Paint
  /** Drawn first: at most one of these channels is set in a cell. */
  readonly grounds: readonly ChannelTile[]
  /** Drawn on top: the first of these channels that is set. */
  readonly things: readonly ChannelTile[]
}

export type ChannelTile = { readonly channel: number; readonly tile: Tile }

/** Procgen's. */
const pixelSide = 64

export const pixelObservation: ObservationSpec = {
  shape: [pixelSide, pixelSide, 3],
  channels: ['red', 'green', 'blue'],
  element: 'byte',
}

/** The same episodes, observed in 64 × 64 pixels. Only the cells that change are drawn again. */
export function observeAsPixels<Level>(simulator: Simulator<Level>, tiles: TileSet): Simulator<Level> {
  const { batch } = simulator
  const observations = new Uint8Array(batch * pixelSide * pixelSide * 3)
  const painter = createPainter(simulator.observations, observations, tiles)
  const paintAll = () => {
    for (let slot = 0; slot < batch; slot++) painter(slot)
  }
  return {
    ...simulator,
    observations,
    reset(index, level, seed) {
      simulator.reset(index, level, seed)
      painter(index)
    },
    step(actions) {
      simulator.step(actions)
      paintAll()
    },
    restoreState(levels, states) {
      simulator.restoreState(levels, states)
      paintAll()
    },
  }
}

const notPainted = 255

function createPainter(symbols: Uint8Array, pixels: Uint8Array, tiles: TileSet): (slot: number) => void {
  const { side, channels, grounds, things } = tiles
  const cells = side * side
  const images = drawImages(tiles)
  const painted = new Uint8Array(symbols.length / channels).fill(notPainted)
  const groundChannels = Uint8Array.from(grounds, ({ channel }) => channel)
  const thingChannels = Uint8Array.from(things, ({ channel }) => channel)
  const edges = Uint8Array.from({ length: side + 1 }, (_, i) => Math.ceil((i * pixelSide) / side - 0.5))

  function copyCell(slot: number, cell: number, image: Uint8Array): void {
    const row = Math.floor(cell / side)
    const column = cell - row * side
    const start = slot * pixelSide * pixelSide * 3
    for (let y = edges[row]; y < edges[row + 1]; y++) {
      const end = 3 * (y * pixelSide + edges[column + 1])
      for (let at = 3 * (y * pixelSide + edges[column]); at < end; at++) pixels[start + at] = image[at]
    }
  }

  return (slot) => {
    for (let cell = 0, at = slot * cells; cell < cells; cell++, at++) {
      const from = at * channels
      const ground = firstSet(symbols, from, groundChannels)
      const look = ground * (thingChannels.length + 1) + firstSet(symbols, from, thingChannels)
      if (painted[at] === look) continue
      painted[at] = look
      copyCell(slot, cell, images[look])
    }
  }
}

/** The first of these channels that is set, counted from 1, or 0. */
function firstSet(symbols: Uint8Array, from: number, channels: Uint8Array): number {
  for (let i = 0; i < channels.length; i++) if (symbols[from + channels[i]] === 1) return i + 1
  return 0
}

/** By look, ground · (things + 1) + thing: a picture in which every cell looks like this. */
function drawImages({ side, background, grounds, things }: TileSet): Uint8Array[] {
  const raster = createRaster(pixelSide, background)
  const nothing: Tile = () => {}
  const tilesOf = (of: readonly ChannelTile[]) => [nothing, ...of.map(({ tile }) => tile)]
  return tilesOf(grounds).flatMap((ground) =>
    tilesOf(things).map((thing) => {
      const image = new Uint8Array(pixelSide * pixelSide * 3)
      raster.begin(image, 0)
      raster.look(0, 0, side)
      for (let cell = 0; cell < side * side; cell++)
        for (const tile of [ground, thing]) tile(raster, cell % side, Math.floor(cell / side))
      return image
    }),
  )
}
