/**
 * Where a trainer gets its levels from. A stateful source (a curriculum) keeps what it needs in `save`; the levels being
 * played belong to it, so that a restored trainer can ask for them again.
 */
export type LevelSource<Level> = {
  /** Chooses the level for episode `episode` (0, 1, …) of slot `slot`. Called once for each pair, in rollout order. */
  next(slot: number, episode: number): Level
  /** The level that `next` chose for that pair, which is the latest of its slot. */
  current(slot: number, episode: number): Level
  /** Told of every episode that ended, before `next` is asked for its successor. */
  finished?(episode: FinishedEpisode): void
  save(): Uint8Array
  restore(state: Uint8Array): void
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
 * A stateless source: episode k of slot i plays level i + slots·k. Which levels are played then depends on neither timing
 * nor interruptions.
 * @param levelOf the level of an index ≥ 0, always the same one for equal indices
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
