import type { Simulator } from '../../environment.ts'
import { rowAndColumn, sideOf } from '../grid/grid.ts'
import { createTiles, type DrawCell } from './tiles.ts'
import { cellPixels } from './view-parameters.ts'

/** A grid in which only the agent moves, and things appear or disappear only in its cell. */
export type WalkingSimulator<Level> = Simulator<Level> & {
  /** The cell where the agent of this slot is. */
  mouseCell(index: number): number
}

type View = {
  /** Side of the grid, its border not counted: the border is not drawn. */
  readonly size: number
  /** Side of the picture. */
  readonly pixels: number
  /** Names of the symbolic channels. */
  readonly channels: readonly string[]
  readonly drawCell: DrawCell
}

/** The same simulator with pictures as observations. A step redraws the cell that the agent left, and its new one. */
export function createPixelSimulator<Level, World extends WalkingSimulator<Level>>(inner: World, view: View): World {
  const { batch } = inner
  const observations = new Uint8Array(batch * 3 * view.pixels ** 2)
  const drawing = createDrawing(inner.observations, observations, view)
  const drawn = new Int32Array(batch)

  function drawWhole(slot: number): void {
    drawing.drawSlot(slot)
    drawn[slot] = inner.mouseCell(slot)
  }

  return {
    ...inner,
    observations,
    reset(slot: number, level: Level, seed?: number) {
      inner.reset(slot, level, seed)
      drawWhole(slot)
    },
    step(actions: Uint8Array) {
      inner.step(actions)
      for (let slot = 0; slot < batch; slot++) {
        const cell = inner.mouseCell(slot)
        if (cell === drawn[slot]) continue
        drawing.drawCell(slot, drawn[slot])
        drawing.drawCell(slot, cell)
        drawn[slot] = cell
      }
    },
    restoreState(levels: readonly Level[], states: readonly Uint8Array[]) {
      inner.restoreState(levels, states)
      for (let slot = 0; slot < batch; slot++) drawWhole(slot)
    },
  }
}

type Drawing = {
  drawCell(slot: number, cell: number): void
  drawSlot(slot: number): void
}

function createDrawing(symbols: Uint8Array, pictures: Uint8Array, { size, pixels, channels, drawCell }: View): Drawing {
  const side = cellPixels({ pixels, size })
  const tiles = createTiles(side, channels, drawCell)
  const places = placesOf(size, pixels, side)
  const cells = sideOf(size) ** 2
  const stride = 3 * pixels * pixels
  const empty = new Uint8Array(stride)
  const wallTile = tiles.bytes.subarray(tiles.length << channels.indexOf('wall'))
  for (let at = 0; at < stride; at++) empty[at] = wallTile[at % 3]

  function drawAt(slot: number, cell: number): void {
    const from = (slot * cells + cell) * channels.length
    let bits = 0
    for (let channel = 0; channel < channels.length; channel++) bits |= symbols[from + channel] << channel
    let to = slot * stride + places[cell]
    for (let at = bits * tiles.length, end = at + tiles.length; at < end; to += 3 * pixels - tiles.width)
      for (const rowEnd = at + tiles.width; at < rowEnd;) pictures[to++] = tiles.bytes[at++]
  }

  return {
    drawCell: drawAt,
    drawSlot(slot) {
      pictures.set(empty, slot * stride)
      for (let cell = 0; cell < cells; cell++) if (places[cell] >= 0) drawAt(slot, cell)
    },
  }
}

/** [cells] where in a picture a cell begins; −1 for the border. */
function placesOf(size: number, pixels: number, side: number): Int32Array {
  const margin = Math.floor((pixels - side * size) / 2)
  return Int32Array.from({ length: sideOf(size) ** 2 }, (_, cell) => {
    const [row, column] = rowAndColumn(size, cell)
    if (row < 1 || column < 1 || row > size || column > size) return -1
    return 3 * ((margin + (row - 1) * side) * pixels + margin + (column - 1) * side)
  })
}
