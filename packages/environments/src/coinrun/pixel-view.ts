import { createRaster } from '../procgen/raster.ts'
import { drawWorld, sky } from './draw-world.ts'
import { observationBytes, pixelSide, windowSide, type Episodes } from './episodes.ts'
import type { CoinrunParameters } from './parameters.ts'

/** Draws what the agents see, 13 × 13 cells around each, in 64 × 64 pixels. */
export function createPixelView(episodes: Episodes, parameters: CoinrunParameters): (slot: number) => void {
  const { observations, bodies } = episodes
  const raster = createRaster(pixelSide, sky)
  const stride = observationBytes(parameters)
  const area = { left: 0, right: 0, bottom: 0, top: 0 }
  return (slot) => {
    const x = bodies.x[slot]
    const y = bodies.y[slot]
    area.left = Math.floor(x - windowSide / 2)
    area.bottom = Math.floor(y - windowSide / 2)
    area.right = area.left + windowSide
    area.top = area.bottom + windowSide
    raster.begin(observations, slot * stride)
    raster.look(x - windowSide / 2, -y - windowSide / 2, windowSide)
    drawWorld(raster, episodes, slot, area, 0)
  }
}
