import type { Canvas, Paint } from './canvas.ts'

/** A canvas of `side` × `side` × 3 bytes (red, green, blue, row by row) that allocates nothing while drawing. */
export type Raster = Canvas & {
  /** Draws into `pixels` from byte `offset` on, filled with the background first. */
  begin(pixels: Uint8Array, offset: number): void
  /** What is seen from here on: a square of `cells` × `cells`, from this top left corner. */
  look(x: number, y: number, cells: number): void
}

/** Rows at least this wide are copied at once; narrower ones are faster pixel by pixel. */
const wide = 16

/** What is looked at. */
const [left, top, scale] = [0, 1, 2]

/** A pixel belongs to a shape that contains its centre. */
export function createRaster(side: number, background: Paint): Raster {
  const empty = Uint8Array.from({ length: 3 * side * side }, (_, i) => background.rgb[i % 3])
  let target: Uint8Array = empty
  let start = 0
  // An array, as numbers in variables of closures are allocated one by one.
  const view = Float64Array.of(0, 0, 1)

  /** The first pixel whose centre is at or beyond this place, within the picture. */
  const edge = (place: number): number => Math.min(side, Math.max(0, Math.ceil(place * view[scale] - 0.5)))

  function fillRow(rgb: Paint['rgb'], row: number, from: number, to: number): void {
    const red = rgb[0]
    const green = rgb[1]
    const blue = rgb[2]
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
      view[left] = x
      view[top] = y
      view[scale] = side / cells
    },
    rectangle({ rgb }, x, y, width, height) {
      const from = edge(x - view[left])
      const to = edge(x + width - view[left])
      const first = edge(y - view[top])
      const last = edge(y + height - view[top])
      if (from >= to || first >= last) return
      fillRow(rgb, first, from, to)
      const model = start + 3 * (first * side + from)
      for (let row = first + 1; row < last; row++)
        if (to - from < wide) fillRow(rgb, row, from, to)
        else target.copyWithin(start + 3 * (row * side + from), model, model + 3 * (to - from))
    },
    circle({ rgb }, x, y, radius) {
      const last = edge(y + radius - view[top])
      for (let row = edge(y - radius - view[top]); row < last; row++) {
        const height = (row + 0.5) / view[scale] + view[top] - y
        const half = Math.sqrt(Math.max(0, radius * radius - height * height))
        const from = edge(x - half - view[left])
        const to = edge(x + half - view[left])
        if (from < to) fillRow(rgb, row, from, to)
      }
    },
  }
}
