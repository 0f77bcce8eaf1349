import type { LineOptions } from './picture-lines.ts'
import type { PixelPicture } from './picture.ts'

/** Cells along the longer side, each of several pixels. */
const longest = 32

/** From dark to light. */
const shades = { unicode: ' ░▒▓█', ascii: ' .:-=+*#%@' } as const

/** Pixels as shades: each cell, two columns wide, has the mean brightness of its pixels. */
export function pixelLines({ width, height, rgb }: PixelPicture, { charset = 'unicode' }: LineOptions): string[] {
  const side = Math.max(1, Math.ceil(Math.max(width, height) / longest))
  const brightnessOf = (top: number, left: number): number => {
    let [sum, count] = [0, 0]
    for (let y = top; y < Math.min(height, top + side); y++)
      for (let x = left; x < Math.min(width, left + side); x++, count++) sum += luminance(rgb, 3 * (y * width + x))
    return sum / count
  }
  const ramp = shades[charset]
  const shadeOf = (brightness: number) => ramp[Math.min(ramp.length - 1, Math.floor((brightness / 256) * ramp.length))]
  return Array.from({ length: Math.ceil(height / side) }, (_, row) =>
    Array.from({ length: Math.ceil(width / side) }, (_cell, column) =>
      shadeOf(brightnessOf(row * side, column * side)).repeat(2),
    )
      .join('')
      .trimEnd(),
  )
}

/** ITU-R BT.601. */
function luminance(rgb: Uint8Array, at: number): number {
  return 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2]
}
