import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { fillDistances } from '../gridworlds/grid/distances.ts'
import { cellAt, rowAndColumn } from '../gridworlds/grid/grid.ts'
import { drawPaddedMaze } from './padded-maze.ts'

const stream = createStream(23)

test.each([
  [3, 3],
  [7, 3],
  [9, 5],
  [9, 9],
  [25, 17],
  [25, 25],
])('in %i cells a maze of side %i is a tree over all its rooms, in the middle, with wall around', (size, side) => {
  const margin = (size - side) / 2
  const rooms = ((side + 1) / 2) ** 2
  for (let i = 0; i < 40; i++) {
    const walls = drawPaddedMaze(size, side, stream.at(i))
    const free = [...walls.keys()].filter((cell) => walls[cell] === 0)
    // As many passages as a tree has edges, and connected: there are no loops.
    expect(free).toHaveLength(2 * rooms - 1)
    const distances = new Int16Array(walls.length)
    fillDistances({ size, walls }, cellAt(size, 1 + margin, 1 + margin), -1, distances)
    expect(free.every((cell) => distances[cell] >= 0)).toBe(true)
    for (const cell of free) {
      const [row, column] = rowAndColumn(size, cell).map((place) => place - 1 - margin)
      expect(Math.min(row, column)).toBeGreaterThanOrEqual(0)
      expect(Math.max(row, column)).toBeLessThan(side)
      expect(row % 2 === 1 && column % 2 === 1).toBe(false)
    }
  }
})
