import type { Rng } from '@goalpost/random'

/**
 * Walls (1) of a maze of `side` × `side` cells, row by row; `side` is odd. The cells in even rows and columns, counted
 * from 0, are rooms. Passages between neighbouring rooms are opened in uniformly random order wherever they connect two
 * rooms that no path connects yet (Kruskal's algorithm): between any two rooms there is exactly one path.
 */
export function drawKruskalMaze(side: number, random: Rng): Uint8Array {
  const { closed, rooms, order, one, other, cell } = planFor(side)
  const walls = closed.slice()
  const roots = Uint16Array.from(rooms)
  let parts = rooms.length
  // The order is drawn from its end (Fisher and Yates), and only as far as it is needed.
  for (let last = order.length - 1; parts > 1; last--) {
    const chosen = random.integer(last + 1)
    const passage = order[chosen]
    order[chosen] = order[last]
    order[last] = passage
    const root = rootOf(roots, one[passage])
    const otherRoot = rootOf(roots, other[passage])
    if (root === otherRoot) continue
    roots[root] = otherRoot
    walls[cell[passage]] = 0
    parts--
  }
  return walls
}

/** What mazes of one side have in common. */
type Plan = {
  /** The walls while no passage is open. */
  readonly closed: Uint8Array
  /** The numbers of the rooms, row by row. */
  readonly rooms: Uint16Array
  /** All passages, reset before each maze. */
  readonly order: Uint16Array
  /** By passage: its two rooms, and its cell. */
  readonly one: Uint16Array
  readonly other: Uint16Array
  readonly cell: Uint16Array
}

const plans = new Map<number, Plan>()

function planFor(side: number): Plan {
  const plan = plans.get(side) ?? createPlan(side)
  plans.set(side, plan)
  for (let i = 0; i < plan.order.length; i++) plan.order[i] = i
  return plan
}

function createPlan(side: number): Plan {
  if (side % 2 !== 1) throw new RangeError(`the side of a maze is odd, not ${side}`)
  const along = (side + 1) / 2
  const rooms = Uint16Array.from({ length: along * along }, (_, room) => room)
  const cellOf = (room: number) => 2 * Math.floor(room / along) * side + 2 * (room % along)
  const closed = new Uint8Array(side * side).fill(1)
  for (const room of rooms) closed[cellOf(room)] = 0
  const right = [...rooms].filter((room) => room % along < along - 1).map((room) => [room, room + 1])
  const down = [...rooms].filter((room) => room + along < rooms.length).map((room) => [room, room + along])
  const passages = [...right, ...down]
  return {
    closed,
    rooms,
    order: new Uint16Array(passages.length),
    one: Uint16Array.from(passages, ([room]) => room),
    other: Uint16Array.from(passages, ([, room]) => room),
    cell: Uint16Array.from(passages, ([room, next]) => (cellOf(room) + cellOf(next)) / 2),
  }
}

/** Halves the path to the root while following it. */
function rootOf(roots: Uint16Array, room: number): number {
  let at = room
  while (roots[at] !== at) {
    roots[at] = roots[roots[at]]
    at = roots[at]
  }
  return at
}
