import { cellAt, sideOf } from '../grid/grid.ts'

/** Rooms are numbered row by row. */
export const roomCount = 9

/** Side of a room in a grid of this size. */
export const roomSide = (size: number): number => (size - 2) / 3

const maps = new Map<number, Int8Array>()

/** [(size + 2)²] The room of every cell; −1 in walls between rooms, their doors and the border. */
export function roomsOf(size: number): Int8Array {
  const known = maps.get(size)
  if (known !== undefined) return known
  const rooms = new Int8Array(sideOf(size) ** 2).fill(-1)
  for (let room = 0; room < roomCount; room++) for (const cell of cellsOf(size, room)) rooms[cell] = room
  maps.set(size, rooms)
  return rooms
}

/** The cells of a room, row by row. */
export function cellsOf(size: number, room: number): readonly number[] {
  const side = roomSide(size)
  const [top, left] = [1 + Math.floor(room / 3) * (side + 1), 1 + (room % 3) * (side + 1)]
  return Array.from({ length: side * side }, (_, i) => cellAt(size, top + Math.floor(i / side), left + (i % side)))
}

/** In rooms of even side the cell below and to the right of the middle. */
export function centreOf(size: number, room: number): number {
  const side = roomSide(size)
  return cellsOf(size, room)[Math.floor(side / 2) * (side + 1)]
}
