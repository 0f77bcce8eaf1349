import { createStream, type Rng } from '@goalpost/random'
import { expect, test } from 'vitest'
import { fillDistances } from '../grid/distances.ts'
import { cellAt, rowAndColumn } from '../grid/grid.ts'
import { drawMaze } from './draw-maze.ts'
import { drawSide } from './sides.ts'

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
    const walls = drawMaze(size, side, stream.at(i))
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

/** Kruskal's algorithm as in the textbook: sorts the edges by random weights, and relabels whole sets. */
function drawPassages(rooms: number, random: Rng): { readonly from: number; readonly to: number }[] {
  const edges = Array.from({ length: rooms * rooms }, (_, room) => [
    ...(room % rooms < rooms - 1 ? [{ from: room, to: room + 1, weight: random.uniform() }] : []),
    ...(room < rooms * (rooms - 1) ? [{ from: room, to: room + rooms, weight: random.uniform() }] : []),
  ]).flat()
  let labels = Array.from({ length: rooms * rooms }, (_, room) => room)
  return edges
    .toSorted((a, b) => a.weight - b.weight)
    .filter(({ from, to }) => {
      const [kept, replaced] = [labels[from], labels[to]]
      labels = labels.map((label) => (label === replaced ? kept : label))
      return kept !== replaced
    })
}

test('has the same law as the textbook algorithm: passages of the middle room of 3 × 3', () => {
  const draws = 20_000
  const [ours, textbook] = [
    [0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
  ]
  const middle = cellAt(5, 3, 3)
  for (let i = 0; i < draws; i++) {
    const walls = drawMaze(5, 5, stream.named('ours').at(i))
    ours[[-7, -1, 1, 7].filter((offset) => walls[middle + offset] === 0).length]++
    textbook[drawPassages(3, stream.named('textbook').at(i)).filter(({ from, to }) => from === 4 || to === 4).length]++
  }
  for (const [degree, count] of ours.entries())
    expect(Math.abs(count - textbook[degree])).toBeLessThan(4 * Math.sqrt(count + textbook[degree] + 1))
})

test('sides are uniform on the odd numbers from minSize to size', () => {
  const counts = new Map<number, number>()
  for (let i = 0; i < 9_000; i++) {
    const side = drawSide({ size: 11, minSize: 7 }, stream.named('sides').at(i))
    counts.set(side, (counts.get(side) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([7, 9, 11])
  for (const count of counts.values()) expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(3_000))
})
