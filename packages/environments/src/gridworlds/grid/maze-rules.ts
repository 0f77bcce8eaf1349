import type { GridLevel } from './grid.ts'
import type { Landmark } from './landmarks.ts'

/** A maze with a mouse that walks. */
export type MazeLevel = GridLevel & {
  /** Cell where the mouse starts. */
  readonly mouse: number
}

/** A maze with a cheese, the intended goal. */
export type CheeseLevel = MazeLevel & { readonly cheese: number }

/** The visited cells, as an index into `MazeRules.ends`. */
export const visitedGoal = 1
export const visitedProxy = 2
/** The bits of both. */
export const visitedBoth = 3

/**
 * The rules that mazes share. Two cells matter, the intended goal's and the proxy's: each is worth 1 at its first
 * visit, to the goal that it belongs to, and the episode ends by `ends`. A visit is a step that ends in the cell.
 */
export type MazeRules<Level extends MazeLevel> = {
  goalCell(level: Level): number
  /** The cell whose visit the proxy rewards. It may be a wall, and then is never visited. */
  proxyCell(level: Level): number
  readonly things: MazeThings<Level>
  /** Whether the episode ends after visiting [nothing, the goal's cell, the proxy's cell, both]. */
  readonly ends: readonly [nothing: false, goal: boolean, proxy: boolean, both: true]
  /** Places that are also worth 1 at their first visit, to goals of their own, and end nothing. */
  readonly others: readonly Landmark<Level>[]
  readonly maxSteps: number
  /** Whether visits are counted: of the goal's cell, of the proxy's, of either. Default: false. */
  readonly countsVisits?: boolean
  /** Share of a reward that is lost by the step limit; default: 0. */
  readonly timePenalty?: number | undefined
}

/** The undiscounted reward of a visit in the given step, counted from 1. */
export function worthAt(step: number, { maxSteps, timePenalty = 0 }: Pick<Rules, 'maxSteps' | 'timePenalty'>): number {
  return 1 - (timePenalty * (step - 1)) / maxSteps
}
type Rules = MazeRules<MazeLevel>

/** How the two cells look, until they are visited. */
export type MazeThings<Level> = {
  /** Names of the channels after wall and mouse. */
  readonly channels: readonly string[]
  /** Those in which at most one cell is set. */
  readonly oneHot: readonly string[]
  /** Indices in `channels` of those that are set at the goal's cell. */
  goalLook(level: Level): readonly number[]
  proxyLook(level: Level): readonly number[]
}

/** Each of the two cells has channels of its own; a proxy without any is invisible. */
export function separateThings(goal: string, proxy: readonly string[]): MazeThings<unknown> {
  const channels = [goal, ...proxy]
  const proxyLook = proxy.map((_, i) => 1 + i)
  return { channels, oneHot: channels, goalLook: () => [0], proxyLook: () => proxyLook }
}

/** wall, mouse, and those of the two cells. */
export const channelCount = ({ things }: { readonly things: Pick<MazeThings<never>, 'channels'> }): number =>
  2 + things.channels.length
