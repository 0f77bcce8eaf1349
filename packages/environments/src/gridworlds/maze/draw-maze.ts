import type { Rng } from '@goalpost/random'
import { cellAt, createCells, sideOf } from '../grid/grid.ts'

/** Scratch memory for mazes of one number of rooms along a side. */
type Scratch = {
  /** [edges] */
  readonly order: Int32Array
  /** [edges] in the order drawn. */
  readonly edges: Int32Array
  /** [rooms] the room above in the tree of its set, or itself. */
  readonly parents: Int32Array
}

const scratches = new Map<number, Scratch>()

/**
 * The walls of a level with a maze of odd side in its middle, padded with wall: a uniformly shuffled list of passages
 * between neighbouring rooms, each opened if it joins two parts (Kruskal's algorithm). Rooms are at every second cell of
 * the maze, its corners included, and exactly one path leads from each free cell to each other.
 */
export function drawMaze(size: number, side: number, random: Rng): Uint8Array {
  const walls = createCells(sideOf(size) ** 2).fill(1)
  const margin = (size - side) / 2
  const rooms = (side + 1) / 2
  const first = cellAt(size, 1 + margin, 1 + margin)
  const row = sideOf(size)
  for (let y = 0; y < rooms; y++) for (let x = 0; x < rooms; x++) walls[first + 2 * y * row + 2 * x] = 0
  const { order, edges, parents } = scratchFor(rooms)
  edges.set(order)
  for (let room = 0; room < parents.length; room++) parents[room] = room
  for (let i = 0, joined = 1; joined < rooms * rooms; i++) {
    const edge = takeEdge(edges, i, random)
    const room = edge >> 1
    const down = edge & 1
    const a = rootOf(parents, room)
    const b = rootOf(parents, down === 1 ? room + rooms : room + 1)
    if (a === b) continue
    parents[b] = a
    joined++
    const y = Math.floor(room / rooms)
    walls[first + 2 * y * row + 2 * (room - y * rooms) + (down === 1 ? row : 1)] = 0
  }
  return walls
}

/** Element i of a shuffled order: the elements before it are the earlier ones (Fisher and Yates). */
function takeEdge(edges: Int32Array, i: number, random: Rng): number {
  const j = i + random.integer(edges.length - i)
  const edge = edges[j]
  edges[j] = edges[i]
  edges[i] = edge
  return edge
}

function rootOf(parents: Int32Array, room: number): number {
  let at = room
  while (parents[at] !== at) {
    parents[at] = parents[parents[at]]
    at = parents[at]
  }
  return at
}

function scratchFor(rooms: number): Scratch {
  const known = scratches.get(rooms)
  if (known !== undefined) return known
  const order = Int32Array.from(edgesOf(rooms))
  const made = { order, edges: new Int32Array(order.length), parents: new Int32Array(rooms * rooms) }
  scratches.set(rooms, made)
  return made
}

/** Passages as twice the number of the room to the left or above, plus 1 for those that lead down. */
function* edgesOf(rooms: number): Generator<number> {
  for (let room = 0; room < rooms * rooms; room++) {
    if (room % rooms < rooms - 1) yield 2 * room
    if (room < rooms * (rooms - 1)) yield 2 * room + 1
  }
}
