import type { Rng } from '@goalpost/random'

/** Whether proxy and intended goal coincide in a level. */
export type LevelKind = 'agrees' | 'distinguishes'

/** A level as a builder plans it: numbers of cells, row by row, all different. */
export type LevelPlan = {
  readonly start: number
  readonly goal: number
  readonly walls: readonly number[]
}

/** Levels by plan, for methods in which a policy builds them. */
export type LevelBuilding<Parameters, Level> = {
  /** The cells to choose from. */
  extent(parameters: Parameters): readonly [rows: number, columns: number]
  build(parameters: Parameters, plan: LevelPlan): Level
}

/** What curricula need to know of levels, and the elementary edits of arXiv 2507.03068. Edits return a new level. */
export type LevelDesign<Parameters, Level> = {
  kindOf(parameters: Parameters, level: Level): LevelKind
  /** The optimum of the intended goal, as in `Environment.solve`, but without the time that the other goals take. */
  optimum(parameters: Parameters, level: Level): number
  /** Adds or removes a wall on a uniformly drawn cell that holds nothing. The kind stays the same. */
  toggleWall(parameters: Parameters, level: Level, random: Rng): Level
  /** Moves the agent's start, or a thing that does not decide the kind. The kind stays the same. */
  moveThing(parameters: Parameters, level: Level, random: Rng): Level
  /**
   * Draws the things that decide the kind again, as in levels of that kind. As in their distribution, a level drawn to
   * distinguish may agree by chance.
   */
  resample(parameters: Parameters, level: Level, kind: LevelKind, random: Rng): Level
  /** Draws the place of the intended goal again, anywhere, and changes nothing else. Absent in worlds without one. */
  moveGoal?(parameters: Parameters, level: Level, random: Rng): Level
  /** Absent where levels cannot be built. */
  readonly building?: LevelBuilding<Parameters, Level>
}
