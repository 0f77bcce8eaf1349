import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { drawKruskalMaze } from './kruskal-maze.ts'

const stream = createStream(3).named('mazes')
const textOf = (walls: Uint8Array, side: number) =>
  Array.from({ length: side }, (_, row) =>
    [...walls.subarray(row * side, (row + 1) * side)].map((wall) => (wall === 1 ? '#' : '.')).join(''),
  )

/** How many open cells are connected with the first one, and how many pairs of open cells are neighbours. */
function survey(walls: Uint8Array, side: number): { open: number; connected: number; pairs: number } {
  const neighbours = (cell: number) => [
    ...(cell % side < side - 1 ? [cell + 1] : []),
    ...(cell % side > 0 ? [cell - 1] : []),
    ...(cell + side < walls.length ? [cell + side] : []),
    ...(cell >= side ? [cell - side] : []),
  ]
  const open = [...walls.keys()].filter((cell) => walls[cell] === 0)
  const passable = (cell: number) => neighbours(cell).filter((next) => walls[next] === 0)
  const seen = new Set([open[0]])
  for (const cell of seen) for (const next of passable(cell)) seen.add(next)
  return { open: open.length, connected: seen.size, pairs: open.flatMap(passable).length / 2 }
}

test.each([1, 3, 5, 13, 25])('a maze of side %i is a tree that has every room', (side) => {
  for (let i = 0; i < 50; i++) {
    const walls = drawKruskalMaze(side, stream.at(i))
    const { open, connected, pairs } = survey(walls, side)
    expect(connected).toBe(open)
    expect(pairs).toBe(open - 1)
    for (let row = 0; row < side; row += 2)
      for (let column = 0; column < side; column += 2) expect(walls[row * side + column]).toBe(0)
    expect(open).toBe(2 * ((side + 1) / 2) ** 2 - 1)
  }
})

test('the four mazes of side 3 are equally likely', () => {
  const counts = new Map<string, number>()
  for (let i = 0; i < 8_000; i++) {
    const text = textOf(drawKruskalMaze(3, stream.at(i)), 3).join('\n')
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const mazes = ['.#.\n.#.\n...', '...\n##.\n...', '...\n.##\n...', '...\n.#.\n.#.']
  expect([...counts.keys()].toSorted()).toEqual(mazes.toSorted())
  for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(4 * Math.sqrt(2_000))
})

test('an even side is refused', () => {
  expect(() => drawKruskalMaze(4, stream.at(0))).toThrow('odd')
})
