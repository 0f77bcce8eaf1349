import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'

export type FollowLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
  /** Cell where the leader starts. */
  readonly leader: number
  /** Cells of the beacons, in the right order. */
  readonly beacons: readonly number[]
  /** The beacons that the leader visits in turn, round and round, as indices into `beacons`. It avoids the others. */
  readonly tour: readonly number[]
}

/** The cells that the leader visits, in its order. */
export const tourCells = ({ beacons, tour }: FollowLevel): number[] => tour.map((beacon) => beacons[beacon])

/** The cells of the beacons that the leader avoids. */
export const shunnedCells = ({ beacons, tour }: FollowLevel): number[] =>
  beacons.filter((_, beacon) => !tour.includes(beacon))

const formats = new Map<number, LevelFormat<FollowLevel>>()

/** The format of levels with `count` beacons: `1` is the first to visit, and the note also counts from 1. */
export function followFormat(count: number): LevelFormat<FollowLevel> {
  const format = formats.get(count) ?? createFormat(count)
  formats.set(count, format)
  return format
}

function createFormat(count: number): LevelFormat<FollowLevel> {
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1))
  const names = numbers.map((number) => `beacon ${number}`)
  return {
    items: ['mouse', 'leader', ...names],
    symbols: { '@': ['mouse'], L: ['leader'], ...Object.fromEntries(numbers.map((n, i) => [n, [names[i]]])) },
    notes: ['leader order'],
    cellsOf: ({ mouse, leader, beacons }) => [mouse, leader, ...beacons],
    notesOf: ({ tour }) => [tour.map((beacon) => beacon + 1)],
    levelOf({ size, walls }, [[mouse], [leader], ...placed], [order]) {
      const tour = order.map((number) => number - 1)
      const known = tour.every((beacon) => beacon >= 0 && beacon < count)
      if (tour.length === 0 || !known || new Set(tour).size < tour.length)
        throw new RangeError(`the leader order must name one or more of the beacons 1 to ${count}, none of them twice`)
      return { size, walls, mouse, leader, beacons: placed.map(([cell]) => cell), tour }
    },
  }
}
