import type { GridLevel } from './grid.ts'
import type { Landmark } from './landmarks.ts'

/** A maze with a mouse that walks, and two cells that matter: the cheese (intended goal) and the proxy's. */
export type MazeLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
  readonly cheese: number
}

/** The visited cells, as an index into `MazeRules.ends`. */
export const visitedCheese = 1
export const visitedProxy = 2
/** The bits of both. */
export const visitedBoth = 3

/**
 * The rules that corner and dish share: each of the two cells is worth 1 at its first visit, to the goal that it
 * belongs to, and the episode ends by `ends`. A visit is a step that ends in the cell.
 */
export type MazeRules<Level extends MazeLevel> = {
  /** The cell whose visit the proxy rewards. It may be a wall, and then is never visited. */
  proxyCell(level: Level): number
  /** Number of channels that show the proxy's cell: 0 if nothing is visible there. */
  readonly proxyChannels: number
  /** Whether the episode ends after visiting [nothing, the cheese, the proxy's cell, both]. */
  readonly ends: readonly [nothing: false, cheese: boolean, proxy: boolean, both: true]
  /** Places that are also worth 1 at their first visit, to goals of their own, and end nothing. */
  readonly others: readonly Landmark[]
  readonly maxSteps: number
  /** Share of a reward that is lost by the step limit; default: 0. */
  readonly timePenalty?: number | undefined
}

/** The undiscounted reward of a visit in the given step, counted from 1. */
export function worthAt(step: number, { maxSteps, timePenalty = 0 }: Pick<Rules, 'maxSteps' | 'timePenalty'>): number {
  return 1 - (timePenalty * (step - 1)) / maxSteps
}
type Rules = MazeRules<MazeLevel>

/** wall, mouse, cheese, and those of the proxy's cell. */
export const channelCount = (rules: { readonly proxyChannels: number }): number => 3 + rules.proxyChannels
