import type { GridLevel } from '../grid/grid.ts'
import type { LevelFormat } from '../grid/level-format.ts'
import { isPermutation } from '../grid/permutations.ts'

export type CycleLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
  /** Cell where the leader starts. */
  readonly leader: number
  /** Cells of the spheres, by colour. */
  readonly spheres: readonly number[]
  /** The colours in the right order, which restarts after the last; the leader begins with the first. */
  readonly cycle: readonly number[]
}

const formats = new Map<number, LevelFormat<CycleLevel>>()

/** The format of levels with `count` spheres: `1` is the first colour, and the note also counts from 1. */
export function cycleFormat(count: number): LevelFormat<CycleLevel> {
  const format = formats.get(count) ?? createFormat(count)
  formats.set(count, format)
  return format
}

function createFormat(count: number): LevelFormat<CycleLevel> {
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1))
  const names = numbers.map((number) => `sphere ${number}`)
  return {
    items: ['mouse', 'leader', ...names],
    symbols: { '@': ['mouse'], L: ['leader'], ...Object.fromEntries(numbers.map((n, i) => [n, [names[i]]])) },
    notes: ['cycle'],
    cellsOf: ({ mouse, leader, spheres }) => [mouse, leader, ...spheres],
    notesOf: ({ cycle }) => [cycle.map((sphere) => sphere + 1)],
    levelOf({ size, walls }, [[mouse], [leader], ...placed], [order]) {
      const cycle = order.map((number) => number - 1)
      if (cycle.length !== count || !isPermutation(cycle))
        throw new RangeError(`the cycle must name each of the spheres 1 to ${count} once`)
      return { size, walls, mouse, leader, spheres: placed.map(([cell]) => cell), cycle }
    },
  }
}
