type Colour = readonly [red: number, green: number, blue: number]

export type Palette = {
  readonly colours: readonly Colour[]
  /** The nearest colour of every pixel. */
  indicesOf(rgba: Uint8ClampedArray): Uint8Array
}

const mostColours = 256

/** The commonest colours of all pictures. Drawings have few, and the shades at their edges are rare. */
export function choosePalette(pictures: readonly Uint8ClampedArray[]): Palette {
  const counts = new Map<number, number>()
  for (const rgba of pictures)
    for (let at = 0; at < rgba.length; at += 4) {
      const colour = packed(rgba, at)
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
  const commonest = [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, mostColours)
  const colours = commonest.map(([colour]): Colour => [colour >> 16, (colour >> 8) & 255, colour & 255])
  const known = new Map(commonest.map(([colour], index) => [colour, index]))
  const indexOf = (colour: number): number => {
    const found = known.get(colour) ?? nearest(colours, colour)
    known.set(colour, found)
    return found
  }
  return {
    colours,
    indicesOf: (rgba) => Uint8Array.from({ length: rgba.length / 4 }, (_, pixel) => indexOf(packed(rgba, 4 * pixel))),
  }
}

const packed = (rgba: Uint8ClampedArray, at: number): number =>
  ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0)

function nearest(colours: readonly Colour[], colour: number): number {
  const distance = ([red, green, blue]: Colour): number =>
    (red - (colour >> 16)) ** 2 + (green - ((colour >> 8) & 255)) ** 2 + (blue - (colour & 255)) ** 2
  return colours.reduce((best, each, index) => {
    const current = colours[best]
    return current === undefined || distance(each) < distance(current) ? index : best
  }, 0)
}
