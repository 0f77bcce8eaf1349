import type { LevelKind } from '@goalpost/environments'
import type { Rng } from '@goalpost/random'

/** What curricula need to know of levels. All of it is read from the level alone, never from a suite. */
export type LevelTools<Level> = {
  /** Equal levels have equal texts. `read` is the inverse. */
  text(level: Level): string
  read(text: string): Level
  /** 32 bits, equal for equal levels; different levels may share one. */
  fingerprint(level: Level): number
  /** The largest return of the intended goal; null if there is no solver. */
  readonly optimum: ((level: Level) => number) | null
  /** Null in environments without edits of levels. */
  readonly design: LevelEditor<Level> | null
}

/** The environment's `LevelDesign`, with the training's parameters. */
export type LevelEditor<Level> = {
  kindOf(level: Level): LevelKind
  toggleWall(level: Level, random: Rng): Level
  moveThing(level: Level, random: Rng): Level
  resample(level: Level, kind: LevelKind, random: Rng): Level
  /** α of the training mixture. */
  readonly alpha: number
}
