import type { Rng } from '@goalpost/random'
import { neighbourOffsets, type GridLevel } from './grid.ts'

/** A uniformly drawn free cell beside `cell` that is not taken; undefined if there is none. */
export function drawCellBeside(
  { size, walls }: GridLevel,
  { cell, taken }: { readonly cell: number; readonly taken: readonly number[] },
  random: Rng,
): number | undefined {
  const free = neighbourOffsets(size)
    .map((offset) => cell + offset)
    .filter((beside) => walls[beside] === 0 && !taken.includes(beside))
  return free.length === 0 ? undefined : free[random.integer(free.length)]
}
