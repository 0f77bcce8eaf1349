import { createRaster } from '../procgen/raster.ts'
import { drawWorld, sky } from './draw-world.ts'
import { observationBytes, pixelSide, windowSide, type Episodes } from './episodes.ts'
import type { CoinrunParameters } from './parameters.ts'

/** Draws what the agents see, 13 × 13 cells around each, in 64 × 64 pixels. */
export function createPixelView(episodes: Episodes, parameters: CoinrunParameters): (slot: number) => void {
  const { observations, bodies, mirrored } = episodes
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
    if (mirrored[slot] === 1) mirrorPixels(observations, slot * stride)
  }
}

/** Exchanges left and right in a picture of `pixelSide` × `pixelSide` × 3 bytes. */
function mirrorPixels(pixels: Uint8Array, start: number): void {
  for (let row = 0; row < pixelSide; row++) {
    let left = start + 3 * row * pixelSide
    for (let right = left + 3 * (pixelSide - 1); left < right; left += 3, right -= 3)
      for (let colour = 0; colour < 3; colour++) {
        const kept = pixels[left + colour]
        pixels[left + colour] = pixels[right + colour]
        pixels[right + colour] = kept
      }
  }
}
