import type { Canvas, Paint } from './canvas.ts'

/** A canvas of `side` × `side` × 3 bytes (red, green, blue, row by row) that allocates nothing while drawing. */
export type Raster = Canvas & {
  /** Draws into `pixels` from byte `offset` on, filled with the background first. */
  begin(pixels: Uint8Array, offset: number): void
  /** What is seen from here on: a square of `cells` × `cells`, from this top left corner. */
  look(left: number, top: number, cells: number): void
}

/** Rows at least this wide are copied at once; narrower ones are faster pixel by pixel. */
const wide = 16

/** A pixel belongs to a shape that contains its centre. */
export function createRaster(side: number, background: Paint): Raster {
  const empty = Uint8Array.from({ length: 3 * side * side }, (_, i) => background.rgb[i % 3])
  let target: Uint8Array = empty
  let [start, left, top, scale] = [0, 0, 0, 1]

  /** The first pixel whose centre is at or beyond this place, within the picture. */
  const edge = (place: number): number => Math.min(side, Math.max(0, Math.ceil(place * scale - 0.5)))

  function fillRow(rgb: Paint['rgb'], row: number, from: number, to: number): void {
    const [red, green, blue] = [rgb[0], rgb[1], rgb[2]]
    const end = start + 3 * (row * side + to)
    for (let at = start + 3 * (row * side + from); at < end; at += 3) {
      target[at] = red
      target[at + 1] = green
      target[at + 2] = blue
    }
  }

  return {
    begin(pixels, offset) {
      target = pixels
      start = offset
      target.set(empty, start)
    },
    look(x, y, cells) {
      left = x
      top = y
      scale = side / cells
    },
    rectangle({ rgb }, x, y, width, height) {
      const [from, to] = [edge(x - left), edge(x + width - left)]
      const [first, last] = [edge(y - top), edge(y + height - top)]
      if (from >= to || first >= last) return
      fillRow(rgb, first, from, to)
      const model = start + 3 * (first * side + from)
      for (let row = first + 1; row < last; row++)
        if (to - from < wide) fillRow(rgb, row, from, to)
        else target.copyWithin(start + 3 * (row * side + from), model, model + 3 * (to - from))
    },
    circle({ rgb }, x, y, radius) {
      const last = edge(y + radius - top)
      for (let row = edge(y - radius - top); row < last; row++) {
        const height = (row + 0.5) / scale + top - y
        const half = Math.sqrt(Math.max(0, radius * radius - height * height))
        const [from, to] = [edge(x - half - left), edge(x + half - left)]
        if (from < to) fillRow(rgb, row, from, to)
      }
    },
  }
}
