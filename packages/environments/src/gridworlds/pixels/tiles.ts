import type { Canvas, Paint } from '../../procgen/canvas.ts'
import { createRaster } from '../../procgen/raster.ts'

/** Draws a cell, the unit square, from the channels that are set in it. It must cover the square. */
export type DrawCell = (canvas: Canvas, shows: (channel: string) => boolean) => void

/** Pictures of cells. */
export type Tiles = {
  /** Bytes of a tile's row. */
  readonly width: number
  /** Bytes of a tile. */
  readonly length: number
  /** [2^channels × length] by what a cell shows, one bit for each channel. */
  readonly bytes: Uint8Array
}

const black: Paint = { thing: 'wall', rgb: [0, 0, 0] }

/** @param side of a cell, in pixels */
export function createTiles(side: number, channels: readonly string[], drawCell: DrawCell): Tiles {
  const length = 3 * side * side
  const bytes = new Uint8Array(length << channels.length)
  const raster = createRaster(side, black)
  for (let bits = 0; bits < 1 << channels.length; bits++) {
    raster.begin(bytes, bits * length)
    raster.look(0, 0, 1)
    drawCell(raster, (channel) => (bits & (1 << channels.indexOf(channel))) !== 0)
  }
  return { width: 3 * side, length, bytes }
}
