/**
 * A trainer's source of levels. A stateful source (a curriculum) saves its state in `save`, including the levels being
 * played, so that a restored trainer can request them again.
 */
export type LevelSource<Level> = {
  /** Chooses the level for episode `episode` (0, 1, …) of slot `slot`. Called once for each pair, in rollout order. */
  next(slot: number, episode: number): Level
  /** The level that `next` chose for that pair, which is the latest of its slot. */
  current(slot: number, episode: number): Level
  /** Called after every episode, before `next` is called for its successor. */
  finished?(episode: FinishedEpisode): void
  save(): Uint8Array
  restore(state: Uint8Array): void
  /** Throws as `restore` would, and changes nothing. Default: every state can be restored. */
  check?(state: Uint8Array): void
}

export type FinishedEpisode = {
  readonly slot: number
  readonly episode: number
  /** Discounted sums of rewards and proxy rewards, γ^(t−1) at step t. */
  readonly return: number
  readonly proxyReturn: number
  readonly steps: number
}

/**
 * A stateless source: episode k of slot i plays level i + slots·k. The played levels then depend on neither timing
 * nor interruptions.
 * @param levelOf the level of an index ≥ 0, always the same for equal indices
 */
export function createIndexedLevels<Level>(slots: number, levelOf: (index: number) => Level): LevelSource<Level> {
  const levelAt = (slot: number, episode: number) => levelOf(slot + slots * episode)
  return {
    next: levelAt,
    current: levelAt,
    save: () => new Uint8Array(0),
    restore() {},
  }
}
