import type { Rng } from '@goalpost/random'
import { drawPermutation } from '../gridworlds/grid/permutations.ts'

/**
 * Walls (1) of a maze of `side` × `side` cells, row by row; `side` is odd. The cells in even rows and columns, counted
 * from 0, are rooms. Passages between neighbouring rooms are opened in uniformly random order wherever they connect two
 * rooms that no path connects yet (Kruskal's algorithm): between any two rooms there is exactly one path.
 */
export function drawKruskalMaze(side: number, random: Rng): Uint8Array {
  if (side % 2 !== 1) throw new RangeError(`the side of a maze is odd, not ${side}`)
  const walls = new Uint8Array(side * side).fill(1)
  const rooms = (side + 1) / 2
  const roots = Uint16Array.from({ length: rooms * rooms }, (_, room) => room)
  for (let room = 0; room < roots.length; room++) walls[cellOf(room, rooms, side)] = 0
  const across = rooms * (rooms - 1)
  for (const passage of drawPermutation(2 * across, random)) {
    const [one, other] = passage < across ? besides(passage, rooms) : [passage - across, passage - across + rooms]
    const [root, otherRoot] = [rootOf(roots, one), rootOf(roots, other)]
    if (root === otherRoot) continue
    roots[root] = otherRoot
    walls[(cellOf(one, rooms, side) + cellOf(other, rooms, side)) / 2] = 0
  }
  return walls
}

/** The two rooms of a passage from left to right. */
function besides(passage: number, rooms: number): [left: number, right: number] {
  const left = passage + Math.floor(passage / (rooms - 1))
  return [left, left + 1]
}

const cellOf = (room: number, rooms: number, side: number): number =>
  2 * Math.floor(room / rooms) * side + 2 * (room % rooms)

/** Halves the path to the root while following it. */
function rootOf(roots: Uint16Array, room: number): number {
  let at = room
  while (roots[at] !== at) {
    roots[at] = roots[roots[at]]
    at = roots[at]
  }
  return at
}
