import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { drawFreeCell, drawWalls } from './draw-level.ts'
import { borderedGrid, cellAt } from './grid.ts'

const stream = createStream(31)

test.each([0, 0.1, 0.25, 0.9])(
  'with probability %f, cells are walls that often, each as often as the others',
  (probability) => {
    const draws = 2_000
    const counts = new Float64Array(36)
    for (let i = 0; i < draws; i++)
      drawWalls(4, probability, stream.at(i)).forEach((wall, cell) => (counts[cell] += wall))
    const tolerance = 4.5 * Math.sqrt(draws * probability * (1 - probability))
    const interior = [...counts.keys()].filter((cell) => borderedGrid(4)[cell] === 0)
    expect(interior).toHaveLength(16)
    for (const cell of interior) expect(Math.abs(counts[cell] - draws * probability)).toBeLessThanOrEqual(tolerance)
    const total = interior.reduce((sum, cell) => sum + counts[cell], 0)
    expect(Math.abs(total - 16 * draws * probability)).toBeLessThanOrEqual(tolerance * 4)
    for (const [cell, border] of borderedGrid(4).entries()) if (border === 1) expect(counts[cell]).toBe(draws)
  },
)

test('free cells are drawn uniformly, never a wall, never an exception', () => {
  const walls = borderedGrid(3)
  walls[cellAt(3, 2, 2)] = 1
  const random = stream.at(0)
  const counts = new Map<number, number>()
  for (let i = 0; i < 6_000; i++) {
    const cell = drawFreeCell(walls, 3, random, cellAt(3, 1, 1), cellAt(3, 3, 3))
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const expected = [
    [1, 2],
    [1, 3],
    [2, 1],
    [2, 3],
    [3, 1],
    [3, 2],
  ].map(([row, column]) => cellAt(3, row, column))
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual(expected)
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * Math.sqrt(1_000))
})

test('the one free cell of a large walled grid is found', () => {
  const walls = new Uint8Array(66 * 66).fill(1)
  walls[cellAt(64, 40, 7)] = 0
  for (let i = 0; i < 20; i++) expect(drawFreeCell(walls, 64, stream.at(i))).toBe(cellAt(64, 40, 7))
})

test('if no cell is free a wall is opened, uniformly and never in the border', () => {
  const counts = new Map<number, number>()
  for (let i = 0; i < 3_000; i++) {
    const walls = new Uint8Array(16).fill(1)
    walls[cellAt(2, 1, 1)] = 0
    const cell = drawFreeCell(walls, 2, stream.at(i), cellAt(2, 1, 1))
    expect(walls[cell]).toBe(0)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([cellAt(2, 1, 2), cellAt(2, 2, 1), cellAt(2, 2, 2)])
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * Math.sqrt(1_000))
})

test.each([1, 5, 13, 64])('no two grids of size %d have a byte in common', (size) => {
  const grids = Array.from({ length: 200 }, (_, i) => borderedGrid(size).fill(i))
  for (const [i, grid] of grids.entries()) expect(grid.every((cell) => cell === i)).toBe(true)
})
