import type { Canvas, Paint } from '../procgen/canvas.ts'
import { halfHeight, halfWidth } from './body.ts'
import type { Episodes } from './episodes.ts'
import { coinBit, crateBit, lavaBit, sawBit, visibleBits, wallBit } from './terrain.ts'

export const sky: Paint = { thing: 'floor', rgb: [136, 192, 232] }
const wall: Paint = { thing: 'wall', rgb: [92, 72, 56] }
const crate: Paint = { thing: 'other', rgb: [196, 148, 84] }
const lava: Paint = { thing: 'hazard', rgb: [224, 72, 24] }
const saw: Paint = { thing: 'hazard', rgb: [72, 72, 80] }
const walker: Paint = { thing: 'hazard', rgb: [148, 48, 168] }
const eye: Paint = { thing: 'floor', rgb: [255, 255, 255] }
const coin: Paint = { thing: 'goal', rgb: [252, 216, 40] }
const agent: Paint = { thing: 'agent', rgb: [32, 152, 88] }

/** A rectangle of cells: columns `left` to `right`, rows `bottom` to `top`, all included. */
export type Area = { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number }

/** Draws the part of a slot's world in `area`. Row 0 of the level ends at y = `base`, and higher rows lie above. */
export function drawWorld(canvas: Canvas, episodes: Episodes, slot: number, area: Area, base: number): void {
  drawWalls(canvas, episodes, slot, area, base)
  drawThings(canvas, episodes, slot, area, base)
  const { bodies, walkers } = episodes
  for (let at = slot * walkers.room; at < slot * walkers.room + walkers.count[slot]; at++) {
    const y = base - walkers.row[at]
    canvas.rectangle(walker, walkers.x[at] - 0.45, y - 0.8, 0.9, 0.8)
    canvas.circle(eye, walkers.x[at] + Math.sign(walkers.velocity[at]) * 0.22, y - 0.5, 0.18)
  }
  const x = bodies.x[slot]
  const y = base - bodies.y[slot]
  canvas.rectangle(agent, x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight)
}

/** One rectangle for each run of wall in a row. */
function drawWalls(
  canvas: Canvas,
  { map: { cells, stride }, first }: Episodes,
  slot: number,
  { left, right, bottom, top }: Area,
  base: number,
): void {
  for (let row = bottom; row <= top; row++) {
    const from = first[slot] + row * stride
    for (let column = left; column <= right; column++) {
      const begin = column
      while (column <= right && (cells[from + column] & wallBit) !== 0) column++
      if (column > begin) canvas.rectangle(wall, begin, base - row - 1, column - begin, 1)
    }
  }
}

function drawThings(
  canvas: Canvas,
  { map: { cells, stride }, first }: Episodes,
  slot: number,
  { left, right, bottom, top }: Area,
  base: number,
): void {
  for (let row = bottom; row <= top; row++)
    for (let column = left; column <= right; column++) {
      const bits = cells[first[slot] + row * stride + column] & visibleBits & ~wallBit
      if (bits !== 0) drawThing(canvas, bits, column, base - row - 1)
    }
}

function drawThing(canvas: Canvas, bits: number, x: number, y: number): void {
  if ((bits & crateBit) !== 0) canvas.rectangle(crate, x + 0.05, y + 0.05, 0.9, 0.9)
  if ((bits & lavaBit) !== 0) canvas.rectangle(lava, x, y, 1, 1)
  if ((bits & sawBit) !== 0) canvas.circle(saw, x + 0.5, y + 0.6, 0.48)
  if ((bits & coinBit) !== 0) canvas.circle(coin, x + 0.5, y + 0.5, 0.42)
}
