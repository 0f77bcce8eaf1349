import { expect, test } from 'vitest'
import type { Canvas, Paint } from './canvas.ts'
import { createCellMap } from './cell-map.ts'
import { copyWindow, createEgocentricWindow, windowChannels } from './egocentric-window.ts'
import { createRaster } from './raster.ts'
import { createSceneCanvas } from './scene-canvas.ts'

const background: Paint = { thing: 'floor', rgb: [0, 0, 0] }
const red: Paint = { thing: 'hazard', rgb: [255, 0, 0] }
const yellow: Paint = { thing: 'goal', rgb: [255, 255, 0] }

/** A raster's pixels as text: R, Y or a dot. */
function textOf(side: number, cells: number, draw: (canvas: Canvas) => void, corner = [0, 0]): string[] {
  const raster = createRaster(side, background)
  const pixels = new Uint8Array(6 + 3 * side * side).fill(7)
  raster.begin(pixels, 3)
  raster.look(corner[0], corner[1], cells)
  draw(raster)
  expect([...pixels.slice(0, 3), ...pixels.slice(-3)]).toEqual([7, 7, 7, 7, 7, 7])
  const symbolAt = (pixel: number) => (pixels[3 + 3 * pixel] === 0 ? '.' : pixels[4 + 3 * pixel] === 0 ? 'R' : 'Y')
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_cell, column) => symbolAt(row * side + column)).join(''),
  )
}

test('a raster fills the pixels whose centres a shape contains, later shapes on top', () => {
  const draw = (canvas: Canvas) => {
    canvas.rectangle(red, 1, 2, 2, 1)
    canvas.circle(yellow, 2, 2, 0.8)
  }
  expect(textOf(8, 4, draw)).toEqual([
    '........',
    '........',
    '...YY...',
    '..YYYY..',
    '..YYYY..',
    '..RYYR..',
    '........',
    '........',
  ])
})

test('a raster shows the square it looks at, and cuts off what lies outside', () => {
  const draw = (canvas: Canvas) => {
    canvas.rectangle(red, -5, 2, 20, 20)
    canvas.circle(yellow, 40, 40, 3)
  }
  expect(textOf(4, 2, draw, [1, 1])).toEqual(['....', '....', 'RRRR', 'RRRR'])
})

test('wide rectangles, which are copied row by row, look like narrow ones side by side', () => {
  const wide = (canvas: Canvas) => canvas.rectangle(red, 3, 5, 40, 7)
  const narrow = (canvas: Canvas) => {
    for (let x = 3; x < 43; x++) canvas.rectangle(red, x, 5, 1, 7)
  }
  expect(textOf(64, 64, wide)).toEqual(textOf(64, 64, narrow))
})

test('a scene canvas keeps the shapes in the order drawn', () => {
  const canvas = createSceneCanvas()
  canvas.rectangle(red, 1, 2, 3, 4)
  canvas.circle(yellow, 5, 6, 7)
  expect(canvas.shapes).toEqual([
    { thing: 'hazard', shape: 'rectangle', x: 1, y: 2, width: 3, height: 4 },
    { thing: 'goal', shape: 'circle', x: 5, y: 6, radius: 7 },
  ])
})

test('a window shows the visible bits of the cells around its centre, top row first', () => {
  const map = createCellMap({ slots: 2, width: 3, height: 3, border: 1 })
  map.cells[map.at(1, 0, 0)] = 0b1000_0001
  map.cells[map.at(1, 2, 2)] = 0b0110_1110
  map.cells[map.at(1, 3, 3)] = 0b1111_1111
  const observations = new Uint8Array(2 * 3 * 3 * windowChannels).fill(9, 0, 72)
  const window = createEgocentricWindow({ map, observations, side: 3, visible: 0b0111_1111 })
  copyWindow(window, 1, map.at(1, 1, 1), 1)
  const cell = (row: number, column: number) => {
    const at = 72 + 8 * (3 * row + column)
    return Array.from(observations.subarray(at, at + 8))
  }
  expect(cell(2, 0)).toEqual([1, 0, 0, 0, 0, 0, 0, 0])
  expect(cell(0, 2)).toEqual([0, 1, 1, 1, 0, 1, 1, 0])
  expect(observations.subarray(72).reduce((sum, bit) => sum + bit, 0)).toBe(6)
  expect(observations.subarray(0, 72).every((byte) => byte === 9)).toBe(true)
})
